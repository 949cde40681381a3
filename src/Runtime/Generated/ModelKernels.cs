using System.ComponentModel;

namespace StaticCnn.Generated;

/// <summary>
/// A network's kernels at one vector width, as the generator derives them from the plan: how much memory each
/// program needs, and the programs. Which width is used is decided once per process.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ModelKernels
{
    /// <summary>Bits of one vector.</summary>
    public abstract int VectorBits { get; }

    /// <summary>Images of one shard: floats of one vector.</summary>
    public int Lanes => VectorBits / 32;

    /// <summary>Floats of the repacked parameters.</summary>
    public abstract int PreparedLength { get; }

    /// <summary>Floats of one image's activations.</summary>
    public abstract int ImageLength { get; }

    /// <summary>Floats that one thread needs to infer.</summary>
    public abstract int InferenceLength { get; }

    /// <summary>Floats that one thread needs to train.</summary>
    public abstract int WorkerLength { get; }

    /// <summary>Floats that one trainer needs beside its threads'.</summary>
    public abstract int BatchLength { get; }

    /// <summary>Floats that a shard keeps between the phases of a training step.</summary>
    public virtual int KeptLength => 0;

    /// <summary>The steps of a shard that end each of its phases: all shards have ended one before any begins the next.</summary>
    public virtual ReadOnlySpan<int> PhaseEnds => [];

    /// <summary>Where in the batch's memory each shard's line of counts stands; -1 where no kernel reads it.</summary>
    public virtual int LinesOffset => -1;

    /// <summary>Where in the batch's memory the batch's counts stand; -1 where no kernel reads them.</summary>
    public virtual int TotalsOffset => -1;

    /// <summary>Shards of a full training batch.</summary>
    public abstract int Shards { get; }

    /// <summary>The first so many tasks of <see cref="Update"/> may run while shards do.</summary>
    public abstract int EarlyUpdates { get; }

    /// <summary>Steps of every shard after which those tasks may begin: no later step touches what they use.</summary>
    public abstract int EarlyAfterStep { get; }

    /// <summary>Where in the batch's memory the optimizer's scalars stand.</summary>
    public abstract int ScalarsOffset { get; }

    /// <summary>The dropout layers that draw masks.</summary>
    public abstract ReadOnlySpan<DropoutSlot> Dropouts { get; }

    /// <summary>The plan as text.</summary>
    public abstract string Plan { get; }

    /// <summary>Where the layers' outputs stand in one image's activations.</summary>
    public abstract ReadOnlySpan<ActivationPlace> Activations { get; }

    /// <summary>Repacks the parameters for the forward pass of one image and of a shard.</summary>
    public abstract void Prepare(ParameterStore parameters, Arena prepared);

    /// <summary>The steps of <see cref="ImageStep"/>: the forward pass of one image.</summary>
    public abstract ReadOnlySpan<KernelStep> ImageSteps { get; }

    /// <summary>The steps of <see cref="InferenceStep"/>: the forward pass of one shard.</summary>
    public abstract ReadOnlySpan<KernelStep> InferenceSteps { get; }

    /// <summary>The steps of <see cref="ShardStep"/>: forward pass, loss and backward pass of one shard of a training batch.</summary>
    public abstract ReadOnlySpan<KernelStep> ShardSteps { get; }

    /// <summary>The steps of <see cref="Update"/>, each of so many tasks.</summary>
    public abstract ReadOnlySpan<KernelStep> UpdateSteps { get; }

    /// <summary>Runs one step of the forward pass of one image.</summary>
    public abstract void ImageStep(int step, ReadOnlySpan<float> image, Arena prepared, Arena activations, Span<float> logits);

    /// <summary>Runs one step of the forward pass of one shard.</summary>
    public abstract void InferenceStep(int step, IShard shards, int shard, ParameterStore parameters, Arena prepared, Arena worker);

    /// <summary>Runs one step of a training shard.</summary>
    public abstract void ShardStep(
        int step, ITrainingShard shards, int shard, ParameterStore parameters, Arena batch, Arena worker, Arena kept);

    /// <summary>The steps of <see cref="Spectra"/>, one task each.</summary>
    public abstract ReadOnlySpan<KernelStep> SpectraSteps { get; }

    /// <summary>One task of what must run before the shards of a training step.</summary>
    public abstract void Spectra(int task, ParameterStore parameters, Arena batch);

    /// <summary>One task of what follows when all shards are done: gradients over the batch, and Adam.</summary>
    public abstract void Update(int task, ParameterStore parameters, Arena first, Arena second, Arena batch);

    /// <summary>The tasks of some steps together.</summary>
    public static int Tasks(ReadOnlySpan<KernelStep> steps)
    {
        int tasks = 0;
        foreach (var step in steps) tasks += step.Tasks;
        return tasks;
    }
}

/// <summary>One kernel call of a program.</summary>
/// <param name="Name">Its kernel, such as <c>conv1Forward</c>.</param>
/// <param name="Layer">The layer for which it computes, or an empty string.</param>
/// <param name="Tasks">Independent pieces in which it runs.</param>
/// <param name="MultiplyAdds">Multiply-adds for one image that it stands for, by the direct definition.</param>
/// <param name="Description">What it computes, and how.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record KernelStep(string Name, string Layer, int Tasks, long MultiplyAdds, string Description);

/// <summary>What the programs of a shard take in and give out.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IShard
{
    /// <summary>Copies the shard's images into lanes.</summary>
    void LoadImages(int shard, ref float destination, in LanePlace place);

    /// <summary>Takes the logits, [class][lane].</summary>
    void StoreLogits(int shard, ref float logits);
}

/// <summary>What a training shard takes in and gives out.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ITrainingShard : IShard
{
    /// <summary>Turns logits into losses, hits and the logits' gradient, [class][lane].</summary>
    void Loss(int shard, ref float logits, ref float gradient);
}

/// <summary>Where images stand in lanes: pitches in floats.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct LanePlace(int Lanes, int Channels, int Height, int Width, int ChannelPitch, int RowPitch);

/// <summary>
/// Where a layer's output stands in one image's activations: origin, extents and pitches in floats, and whether it stands there
/// before its ReLU.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct ActivationPlace(
    int Origin, int Channels, int Height, int Width, int ChannelPitch, int RowPitch, int ColumnPitch, bool Relu = false);

/// <summary>A dropout layer that draws masks: its probability, its index among the layers, and where its keys stand in the batch's memory.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct DropoutSlot(float Probability, int Layer, int KeysOffset);
