using System.Text.Json;

namespace StaticCnn.Figures.History;

/// <summary>A training's history as JSON.</summary>
internal static class HistoryWriter
{
    /// <summary>Changes when a reader of the old form could not read the new one.</summary>
    public const int Format = 1;

    private const int KernelDecimals = 5; // Far finer than a colour shows, and half the size of the file.

    public static void Write(Stream stream, TrainingHistory history)
    {
        using var json = new Utf8JsonWriter(stream);
        json.WriteStartObject();
        json.WriteNumber("format", Format);
        Write(json, history.Origin);
        json.WriteStartArray("epochs");
        foreach (var epoch in history.Epochs) Write(json, epoch);
        json.WriteEndArray();
        json.WriteStartObject("batches");
        Write(json, "loss", history.BatchLosses.AsSpan());
        Write(json, "accuracy", history.BatchAccuracies.AsSpan());
        json.WriteEndObject();
        if (history.Kernels is { } kernels) Write(json, kernels);
        json.WriteStartArray("weights");
        foreach (var weight in history.Weights) Write(json, weight);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, TrainingOrigin origin)
    {
        json.WriteString("model", origin.Model);
        json.WriteString("dataset", origin.Dataset);
        json.WriteString("dataIdentity", origin.DataIdentity);
        json.WriteNumber("seed", origin.Seed);
        json.WriteString("version", origin.Version);
        json.WriteString("started", origin.Started);
        json.WriteNumber("threads", origin.Threads);
        json.WriteNumber("vectorBits", origin.VectorBits);
        json.WriteNumber("batchSize", origin.BatchSize);
        json.WriteNumber("learningRate", origin.LearningRate);
        json.WriteString("weightsSha256", origin.WeightsSha256);
    }

    private static void Write(Utf8JsonWriter json, EpochRecord epoch)
    {
        json.WriteStartObject();
        json.WriteNumber("seconds", Math.Round(epoch.Seconds, 3));
        json.WriteNumber("trainLoss", epoch.TrainLoss);
        json.WriteNumber("trainAccuracy", epoch.TrainAccuracy);
        json.WriteNumber("testLoss", epoch.TestLoss);
        json.WriteNumber("testAccuracy", epoch.TestAccuracy);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, KernelHistory kernels)
    {
        json.WriteStartObject("kernels");
        json.WriteString("parameter", kernels.Parameter);
        json.WriteStartArray("shape");
        foreach (int size in kernels.Shape) json.WriteNumberValue(size);
        json.WriteEndArray();
        json.WriteStartArray("snapshots");
        foreach (var snapshot in kernels.Snapshots)
        {
            json.WriteStartObject();
            json.WriteNumber("step", snapshot.Step);
            json.WriteStartArray("values");
            foreach (float value in snapshot.Values) json.WriteNumberValue(MathF.Round(value, KernelDecimals));
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, WeightHistory weight)
    {
        json.WriteStartObject();
        json.WriteString("parameter", weight.Parameter);
        json.WriteStartArray("histograms");
        foreach (var histogram in weight.Epochs)
        {
            json.WriteStartObject();
            json.WriteNumber("low", histogram.Low);
            json.WriteNumber("high", histogram.High);
            json.WriteStartArray("counts");
            foreach (int count in histogram.Counts) json.WriteNumberValue(count);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, ReadOnlySpan<float> values)
    {
        json.WriteStartArray(name);
        foreach (float value in values) json.WriteNumberValue(value);
        json.WriteEndArray();
    }
}
