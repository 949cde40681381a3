using System.Diagnostics;
using System.Globalization;
using StaticCnn;
using StaticCnn.Bench;
using StaticCnn.Bench.Ladder;

// Runs each rung of the ladder (docs/ladder.md), checks that it computes what the plain loop computes, and prints its median time.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
IRung[] rungs = [new PlainLoop(), new Layout(), new Vectors(), new Tile(), new Filtering(), new Fusion()];
double peak = FmaPeak.Measure();
Console.WriteLine($"Sixteen images of the tutorial's conv2 + ReLU + pool2 on one thread; its multiply-add peak is {peak:0} GFLOP/s.");
Console.WriteLine($"{"",-50} {"microseconds",12} {"GFLOP/s",10} {"times as fast",14}");
bool agree = true;
double plain = 0;
foreach (var rung in rungs)
{
    double microseconds = Median(rung.Run);
    if (plain == 0) plain = microseconds;
    Print(rung.Name, microseconds);
    float[] expected = rungs[0].Result(), found = rung.Result();
    double apart = expected.Zip(found, (a, b) => Math.Abs((double)a - b)).Max() / expected.Max(Math.Abs);
    if (apart <= 1e-5) continue;
    Console.Error.WriteLine($"{rung.Name}: expected the plain loop's values within 1e-5 of the largest, found {apart:0.0e+0}.");
    agree = false;
}

var generated = CostReport.Measure<SimpleCnn>().Steps.First(step => step is { Pass: CostPass.Forward, Layer: "conv2" });
Print("the generated kernel, in a training step", generated.Microseconds * Conv2.Images);
return agree ? 0 : 1;

void Print(string name, double microseconds)
{
    double gigaflops = 2.0 * Conv2.MultiplyAdds * Conv2.Images / microseconds / 1000;
    Console.WriteLine($"{name,-50} {microseconds,12:N0} {gigaflops,10:0.0} {plain / microseconds,14:0.0}");
}

static double Median(Action run)
{
    var times = new List<double>();
    for (long until = Stopwatch.GetTimestamp() + Stopwatch.Frequency; times.Count < 5 || Stopwatch.GetTimestamp() < until;)
    {
        long start = Stopwatch.GetTimestamp();
        run();
        times.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
    }

    times.Sort();
    return times[times.Count / 2];
}
