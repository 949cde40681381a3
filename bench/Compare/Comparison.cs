using System.Globalization;
using System.Text.Json.Nodes;

namespace StaticCnn.Bench;

/// <summary>
/// Measures everybody in turn, round after round, so that a machine that slows down slows down all of them; prints
/// medians and ratios, and writes every single result as a line of JSON.
/// </summary>
internal sealed class Comparison(int rounds, int[] threads, string[] networks, string data, string output)
{
    private readonly Dictionary<(string Who, string Network, int Threads, string Figure), List<double>> _figures = [];
    private readonly HashSet<string> _missing = [];

    public int Run()
    {
        Runner[] runners = [.. new[] { Peers.Ours, Peers.OnnxRuntime(), Peers.TorchSharp() }.OfType<Runner>()];
        Directory.CreateDirectory(output);
        string path = Path.Combine(output, DateTime.UtcNow.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture) + ".jsonl");
        using (var lines = new StreamWriter(path) { AutoFlush = true })
        {
            for (int round = 1; round <= rounds; round++)
            {
                foreach (string network in networks)
                {
                    foreach (int count in threads)
                    {
                        foreach (var runner in runners) Measure(lines, runner, network, count, round, whole: false);
                        foreach (var runner in runners) Measure(lines, runner, network, count, round, whole: true);
                    }
                }
            }
        }

        foreach (string network in networks)
        {
            foreach (int count in threads) Print(network, count);
        }

        Console.WriteLine($"Raw data: {path}");
        return 0;
    }

    /// <param name="whole">Whether to measure a whole process of 3 epochs and the test instead; for the tutorial's network.</param>
    private void Measure(StreamWriter lines, Runner runner, string network, int count, int round, bool whole)
    {
        if (_missing.Contains(runner.Name) || (whole && (network != "SimpleCnn" || data.Length == 0 || runner.Name == "ONNX Runtime"))) return;
        string number = count.ToString(CultureInfo.InvariantCulture);
        string weights = Path.Combine(Path.GetTempPath(), $"staticcnn-bench-{Environment.ProcessId}.safetensors");
        string[] given = data.Length == 0 ? [] : ["--data", data];
        string[] arguments = (runner.Name, whole) switch
        {
            ("StaticCnn", false) => [network, "bench", "--json", "--threads", number, .. given],
            ("StaticCnn", true) => [network, "train", "--threads", number, "--epochs", "3", "--weights", weights, .. given],
            ("TorchSharp", false) => ["bench", network, number, data],
            ("TorchSharp", true) => ["train", network, number, "3", data],
            _ => [network, number],
        };
        Console.Error.WriteLine($"Round {round}: {runner.Name} {string.Join(' ', arguments)}");
        var (result, failure) = runner.Measure(arguments);
        File.Delete(weights);
        if (result is null)
        {
            Console.Error.WriteLine($"{runner.Name} is left out, as it does not run here: {failure}");
            _missing.Add(runner.Name);
            return;
        }

        result["who"] = runner.Name;
        result["network"] = network;
        result["threads"] = count;
        result["round"] = round;
        lines.WriteLine(result.ToJsonString());
        if (whole) Note("process", result["processSeconds"]);
        Note("peak", result["fmaPeakGflopsPerCore"]);
        Note("one", result["oneImage"]?["medianUs"]);
        Note("batch", result["batch"]?["usPerImage"]);
        Note("epoch", result["train"]?["secondsPerEpoch"]);
        foreach (string part in (string[])["oneImage", "batch", "train"]) Note(part + "Gflops", result[part]?["gflops"]);

        void Note(string figure, JsonNode? value)
        {
            if (value is null) return;
            var key = (runner.Name, network, count, figure);
            if (!_figures.TryGetValue(key, out var values)) _figures[key] = values = [];
            values.Add(value.GetValue<double>());
        }
    }

    private void Print(string network, int count)
    {
        Write($"");
        Write($"{network}, threads {count}, medians of {rounds} rounds{"",-6}{"StaticCnn",12}{"ONNX Runtime",16}{"TorchSharp",22}{"ours, GFLOP/s direct",24}");
        Row("one image, 1 thread, us", "one", "oneImageGflops");
        Row("batch of 64, us an image", "batch", "batchGflops");
        Row("training, s an epoch", "epoch", "trainGflops");
        Row("3 epochs and test, s a process", "process", "");
        if (Median("StaticCnn", "trainGflops") is { } gigaflops && Median("StaticCnn", "peak") is { } peak)
        {
            // A process may ask for more threads than there are cores; then there is no more to have.
            double all = peak * Math.Min(count, Environment.ProcessorCount);
            Write($"training against direct convolution at {all:F0} GFLOP/s, 100 % of the FMA peak: {gigaflops / all:F2}x");
        }

        if (count > 1 && Median("StaticCnn", "epoch", 1) / Median("StaticCnn", "epoch") is { } gain)
            Write($"training with threads {count} against 1: {gain:F2}x");

        void Row(string name, string figure, string gflops)
        {
            if (Median("StaticCnn", figure) is not { } ours) return;
            Write($"  {name,-40}{ours,12:F2}{Against("ONNX Runtime"),16}{Against("TorchSharp"),22}{Median("StaticCnn", gflops),20:F1}");

            string Against(string peer) => Median(peer, figure) is { } theirs
                ? string.Create(CultureInfo.InvariantCulture, $"{theirs:F2} ({theirs / ours:F2}x)") : "";
        }

        double? Median(string who, string figure, int? with = null)
        {
            if (!_figures.TryGetValue((who, network, with ?? count, figure), out var values)) return null;
            double[] sorted = [.. values.Order()];
            return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        }
    }

    private static void Write(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
