using System.CommandLine;
using System.Globalization;
using StaticCnn.Mnist.Measuring;
using StaticCnn.Mnist.Output;

namespace StaticCnn.Mnist.Commands;

/// <summary><c>mnist bench</c>: how fast the network is on this machine.</summary>
internal static class BenchCommand<TModel> where TModel : class, ICnnModel<TModel>
{
    private const int EpochImages = 60_000;
    private const int OneImageRepeats = 20_000;
    private const int BatchRepeats = 500;

    public static Command Create(SharedOptions shared, Host host)
    {
        var images = new Option<int>("--images")
        {
            Description = "Images of the measured epoch; fewer, and the other measurements are shortened alike.",
            HelpName = "N",
            CustomParser = argument => SharedOptions.Parse<int>(
                argument, $"a number from 1 to {EpochImages}", count => count is >= 1 and <= EpochImages),
            DefaultValueFactory = _ => EpochImages,
        };
        var command = new Command("bench", "Measure one image, a batch and an epoch of training on this machine. Downloads nothing.");
        command.Options.Add(images);
        shared.AddTo(command, SharedOption.Data | SharedOption.Threads);
        command.SetAction((parsed, cancellation) => Task.Run(
            () => Run(shared.Read(parsed, host), parsed.GetValue(images), cancellation), CancellationToken.None));
        return command;
    }

    private static void Run(CommandContext context, int count, CancellationToken cancellation)
    {
        int Shortened(int repeats) => Math.Max(1, (int)((long)repeats * count / EpochImages));
        int threads = context.Threads;
        var images = BenchmarkImages.Load<TModel>(context, count);
        Write(context, $"{TModel.ModelName} on {images.Source}, {VectorWidth.Bits}-bit vectors, threads {threads}");
        double peak = FmaPeak.Measure();
        Write(context, $"FMA peak     {peak,9:F1} GFLOP/s a core");
        double[] one = Benchmark<TModel>.OneImage(images, Shortened(OneImageRepeats), cancellation);
        double median = one[one.Length / 2], p99 = one[one.Length * 99 / 100];
        double oneGigaflops = 2 * Benchmark<TModel>.MultiplyAdds / median / 1e3;
        Write(context, $"One image    {median,9:F2} us (median of {one.Length:N0}), {p99:F2} us (99th percentile), {oneGigaflops:F1} GFLOP/s of direct work, 1 thread");
        double[] batch = Benchmark<TModel>.Batch(images, threads, Shortened(BatchRepeats), cancellation);
        double perImage = batch[batch.Length / 2] / Benchmark<TModel>.BatchSize;
        double batchGigaflops = 2 * Benchmark<TModel>.MultiplyAdds / perImage / 1e3;
        Write(context, $"Batch of {Benchmark<TModel>.BatchSize}  {perImage,9:F2} us an image (median of {batch.Length:N0}), {batchGigaflops:F1} GFLOP/s of direct work");
        double seconds = Benchmark<TModel>.Epoch(images, threads, cancellation);
        double trainGigaflops = 2 * Benchmark<TModel>.TrainingMultiplyAdds * (double)count / seconds / 1e9;
        Write(context, $"Epoch        {seconds,9:F3} s for {count:N0} images, batch size {TModel.Recipe.BatchSize}, {trainGigaflops:F1} GFLOP/s of direct work");
        if (!context.Json) return;
        JsonOutput.Write(context.Host.Out, json =>
        {
            json.WriteString("model", TModel.ModelName);
            json.WriteString("data", images.Source);
            json.WriteNumber("vectorBits", VectorWidth.Bits);
            json.WriteNumber("threads", threads);
            json.WriteNumber("fmaPeakGflopsPerCore", peak);
            json.WriteStartObject("oneImage");
            json.WriteNumber("medianUs", median);
            json.WriteNumber("p99Us", p99);
            json.WriteNumber("gflops", oneGigaflops);
            json.WriteEndObject();
            json.WriteStartObject("batch");
            json.WriteNumber("size", Benchmark<TModel>.BatchSize);
            json.WriteNumber("usPerImage", perImage);
            json.WriteNumber("gflops", batchGigaflops);
            json.WriteEndObject();
            json.WriteStartObject("train");
            json.WriteNumber("images", count);
            json.WriteNumber("secondsPerEpoch", seconds);
            json.WriteNumber("gflops", trainGigaflops);
            json.WriteEndObject();
        });
    }

    private static void Write(CommandContext context, FormattableString line) =>
        context.Text.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
