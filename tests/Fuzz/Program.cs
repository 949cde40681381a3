using System.Diagnostics;
using System.Globalization;
using StaticCnn.Fuzz;

// dotnet run -c Release --project tests/Fuzz -- [executions of each reader, in thousands] [seed]
int thousands = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100;
int seed = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1;
foreach (var target in FuzzTargets.All)
{
    long start = Stopwatch.GetTimestamp();
    var fuzzer = new Fuzzer(target, seed);
    try
    {
        for (long i = 0; i < 1000L * thousands; i++) fuzzer.Next();
    }
    catch (FuzzException e)
    {
        Console.Error.WriteLine($"{e.Message}\nfound with seed {seed}");
        return 1;
    }
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{target.Name,-14} {1000L * thousands:N0} executions, {fuzzer.Answers} different answers, {Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s, no finding"));
}
return 0;
