using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace StaticCnn.Figures.History;

/// <summary>The course of a training, so that it can be drawn later.</summary>
/// <param name="Origin">What was trained, and with what.</param>
/// <param name="Epochs">The outcome of each epoch.</param>
/// <param name="BatchLosses">The mean loss of each batch, before its step.</param>
/// <param name="BatchAccuracies">The part of each batch that was classified right before its step, in 0 to 1.</param>
/// <param name="Kernels">The first convolution's kernels over the steps; null where there is no convolution.</param>
/// <param name="Weights">How the values of each weight were distributed, from before the first epoch to after the last.</param>
public sealed record TrainingHistory(
    TrainingOrigin Origin,
    ImmutableArray<EpochRecord> Epochs,
    ImmutableArray<float> BatchLosses,
    ImmutableArray<float> BatchAccuracies,
    KernelHistory? Kernels,
    ImmutableArray<WeightHistory> Weights)
{
    /// <summary>The file that holds the history of a weights file: <c>SimpleCnn.history.json</c> beside <c>SimpleCnn.safetensors</c>.</summary>
    public static string FileOf(string weights) => Path.ChangeExtension(weights, ".history.json");

    /// <summary>Batches of one epoch.</summary>
    public int BatchesPerEpoch => BatchLosses.Length / Math.Max(1, Epochs.Length);

    /// <summary>The history as JSON.</summary>
    public string ToJson()
    {
        using var stream = new MemoryStream();
        HistoryWriter.Write(stream, this);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>Reads what <see cref="ToJson"/> returned.</summary>
    /// <exception cref="FigureException">It is not a history.</exception>
    public static TrainingHistory Parse(string json) => HistoryReader.Parse(json, "The text");

    /// <summary>Writes the history as JSON, whole or not at all.</summary>
    /// <exception cref="IOException">The file cannot be written; an old file stays as it was.</exception>
    public void Save(string path) => AtomicFile.Write(path, stream => HistoryWriter.Write(stream, this));

    /// <summary>Reads a history that <see cref="Save"/> wrote.</summary>
    /// <exception cref="FigureException">There is no such file, or it is not a history.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TrainingHistory Load(string path) => HistoryReader.Read(path);

    /// <summary>Reads the history of a weights file.</summary>
    /// <param name="weights">The weights file.</param>
    /// <exception cref="FigureException">There is no history of it, or it is that of other weights.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static TrainingHistory LoadFor(string weights)
    {
        string path = FileOf(weights);
        var history = Load(path);
        using var stream = File.OpenRead(weights);
        if (Convert.ToHexStringLower(SHA256.HashData(stream)) == history.Origin.WeightsSha256) return history;
        throw new FigureException(FigureProblem.History, $"{path} tells of other weights than {weights}. Train again to write both anew.");
    }
}

/// <summary>What was trained, and with what.</summary>
/// <param name="Model">The network's name.</param>
/// <param name="Dataset">What the data is called.</param>
/// <param name="DataIdentity">The data's hash.</param>
/// <param name="Seed">The training's seed.</param>
/// <param name="Version">The version of the program that trained.</param>
/// <param name="Started">When the training started.</param>
/// <param name="Threads">Threads that computed.</param>
/// <param name="VectorBits">The width of the vectors that it computed with.</param>
/// <param name="BatchSize">Images of a batch.</param>
/// <param name="LearningRate">Adam's step size.</param>
/// <param name="WeightsSha256">SHA-256 of the weights file that came out, in lower-case hexadecimal.</param>
public sealed record TrainingOrigin(
    string Model, string Dataset, string DataIdentity, ulong Seed, string Version, DateTimeOffset Started,
    int Threads, int VectorBits, int BatchSize, float LearningRate, string WeightsSha256);

/// <summary>The outcome of an epoch.</summary>
/// <param name="Seconds">How long it trained.</param>
/// <param name="TrainLoss">Mean loss of the training images, each before the step that it was part of.</param>
/// <param name="TrainAccuracy">Training images that were classified right, each before its step, in 0 to 1.</param>
/// <param name="TestLoss">Mean loss of the test images after the epoch.</param>
/// <param name="TestAccuracy">Test images that are classified right after the epoch, in 0 to 1.</param>
public sealed record EpochRecord(double Seconds, double TrainLoss, double TrainAccuracy, double TestLoss, double TestAccuracy);

/// <summary>A convolution's kernels over a training.</summary>
/// <param name="Parameter">Their name, such as <c>conv1.weight</c>.</param>
/// <param name="Shape">Their shape, [out, in, rows, columns].</param>
/// <param name="Snapshots">Their values, denser in the beginning, when they change most; the first is before any step and the last after all.</param>
public sealed record KernelHistory(string Parameter, ImmutableArray<int> Shape, ImmutableArray<KernelSnapshot> Snapshots);

/// <summary>A convolution's kernels at one time.</summary>
/// <param name="Step">Steps taken before.</param>
/// <param name="Values">The values in the parameter's shape.</param>
public sealed record KernelSnapshot(int Step, ImmutableArray<float> Values);

/// <summary>How the values of a weight were distributed over a training.</summary>
/// <param name="Parameter">Its name, such as <c>fc1.weight</c>.</param>
/// <param name="Epochs">The values' histogram before the first epoch, then after each.</param>
public sealed record WeightHistory(string Parameter, ImmutableArray<Histogram> Epochs);

/// <summary>How often values fall into bins of equal width.</summary>
/// <param name="Low">The smallest value, where the first bin starts.</param>
/// <param name="High">The largest value, where the last bin ends.</param>
/// <param name="Counts">Values in each bin.</param>
public sealed record Histogram(float Low, float High, ImmutableArray<int> Counts)
{
    /// <summary>Counts values.</summary>
    /// <param name="values">The values, all finite.</param>
    /// <param name="bins">Bins from the smallest value to the largest.</param>
    public static Histogram Of(ReadOnlySpan<float> values, int bins)
    {
        float low = float.PositiveInfinity, high = float.NegativeInfinity;
        foreach (float value in values) (low, high) = (MathF.Min(low, value), MathF.Max(high, value));
        var counts = new int[bins];
        float width = (high - low) / bins;
        foreach (float value in values) counts[width > 0 ? Math.Min(bins - 1, (int)((value - low) / width)) : 0]++;
        return new Histogram(low, high, [.. counts]);
    }
}
