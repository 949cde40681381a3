using System.Collections.Immutable;
using System.Text.Json;

namespace StaticCnn.Figures.History;

/// <summary>Reads what <see cref="HistoryWriter"/> writes.</summary>
internal static class HistoryReader
{
    public static TrainingHistory Read(string path)
    {
        if (!File.Exists(path))
            throw new FigureException(FigureProblem.History, $"There is no training history {path}. 'mnist train' writes it beside the weights.");
        return Parse(File.ReadAllText(path), path);
    }

    /// <summary>Reads JSON that comes from <paramref name="source"/>.</summary>
    public static TrainingHistory Parse(string json, string source)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new FigureException(FigureProblem.History, $"{source} is not a training history ({e.Message}). Train again to write it anew.");
        }
    }

    private static TrainingHistory Read(JsonElement json)
    {
        int format = json.GetProperty("format").GetInt32();
        if (format != HistoryWriter.Format) throw new FormatException(FormattableString.Invariant($"its format is {format}, not {HistoryWriter.Format}"));
        var batches = json.GetProperty("batches");
        return new TrainingHistory(
            ReadOrigin(json),
            Array(json, "epochs", ReadEpoch),
            Array(batches, "loss", value => value.GetSingle()),
            Array(batches, "accuracy", value => value.GetSingle()),
            json.TryGetProperty("kernels", out var kernels) ? ReadKernels(kernels) : null,
            Array(json, "weights", ReadWeight));
    }

    private static TrainingOrigin ReadOrigin(JsonElement json) => new(
        Text(json, "model"), Text(json, "dataset"), Text(json, "dataIdentity"), json.GetProperty("seed").GetUInt64(),
        Text(json, "version"), json.GetProperty("started").GetDateTimeOffset(), json.GetProperty("threads").GetInt32(),
        json.GetProperty("vectorBits").GetInt32(), json.GetProperty("batchSize").GetInt32(),
        json.GetProperty("learningRate").GetSingle(), Text(json, "weightsSha256"));

    private static EpochRecord ReadEpoch(JsonElement json) => new(
        Number(json, "seconds"), Number(json, "trainLoss"), Number(json, "trainAccuracy"), Number(json, "testLoss"), Number(json, "testAccuracy"));

    private static KernelHistory ReadKernels(JsonElement json)
    {
        var shape = Array(json, "shape", size => size.GetInt32());
        int count = shape.Aggregate(1, (product, size) => product * size);
        var snapshots = Array(json, "snapshots", snapshot =>
            new KernelSnapshot(snapshot.GetProperty("step").GetInt32(), Array(snapshot, "values", value => value.GetSingle())));
        if (shape.Length != 4 || snapshots.IsEmpty || snapshots.Any(snapshot => snapshot.Values.Length != count))
            throw new FormatException("its kernels do not have their shape");
        return new KernelHistory(Text(json, "parameter"), shape, snapshots);
    }

    private static WeightHistory ReadWeight(JsonElement json) => new(
        Text(json, "parameter"),
        Array(json, "histograms", histogram => new Histogram(
            histogram.GetProperty("low").GetSingle(), histogram.GetProperty("high").GetSingle(), Array(histogram, "counts", count => count.GetInt32()))));

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString() ?? throw new FormatException($"it has no {name}");

    private static double Number(JsonElement json, string name) => json.GetProperty(name).GetDouble();

    private static ImmutableArray<T> Array<T>(JsonElement json, string name, Func<JsonElement, T> read) =>
        [.. json.GetProperty(name).EnumerateArray().Select(read)];
}
