using System.Runtime.CompilerServices;

namespace StaticCnn.Generated;

/// <summary>The forward pass of any number of images, one shard a task.</summary>
internal sealed unsafe class InferenceBatch(
    ModelKernels kernels, ParameterStore parameters, Arena prepared, int imageLength, int classes)
    : IPhasedWork, IShard
{
    private Arena[] _workers = [new Arena(kernels.InferenceLength)];
    private PinnedSpan<float> _images;
    private PinnedSpan<float> _logits;

    public void Run(ReadOnlySpan<float> images, Span<float> logits, int count, WorkerTeam? team)
    {
        if (count == 0) return;
        // A larger team than before needs more memory, once.
        while (_workers.Length < (team?.Threads ?? 1)) _workers = [.. _workers, new Arena(kernels.InferenceLength)];
        int shards = (count + kernels.Lanes - 1) / kernels.Lanes;
        fixed (float* image = images, logit = logits)
        {
            _images = new PinnedSpan<float>(image, images.Length);
            _logits = new PinnedSpan<float>(logit, logits.Length);
            if (team is null)
            {
                for (int shard = 0; shard < shards; shard++) Run(0, shard, 0);
            }
            else
            {
                team.Run(this, [shards]);
            }
        }
    }

    public void Run(int phase, int task, int worker)
    {
        for (int step = 0; step < kernels.InferenceSteps.Length; step++)
        {
            kernels.InferenceStep(step, this, task, parameters, prepared, _workers[worker]);
        }
    }

    public void LoadImages(int shard, ref float destination, in LanePlace place)
    {
        var images = _images.Span;
        int start = shard * kernels.Lanes * imageLength;
        int length = Math.Min(kernels.Lanes * imageLength, images.Length - start);
        ImageLanes.Load(images.Slice(start, length), ref destination, place);
    }

    public void StoreLogits(int shard, ref float logits)
    {
        int start = shard * kernels.Lanes * classes;
        var destination = _logits.Span[start..];
        int count = Math.Min(kernels.Lanes, destination.Length / classes);
        for (int image = 0; image < count; image++)
        {
            for (int c = 0; c < classes; c++)
            {
                destination[(image * classes) + c] = Unsafe.Add(ref logits, (c * kernels.Lanes) + image);
            }
        }
    }
}
