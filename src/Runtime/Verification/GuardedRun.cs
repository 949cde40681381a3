using StaticCnn.Generated;

namespace StaticCnn.Verification;

/// <summary>
/// All programs of some kernels once, on memory that shows what they should not do: beyond its end lies a guard that
/// nobody may write to, and what a step should write before another reads it is no number at first.
/// </summary>
internal sealed class GuardedRun : ITrainingShard
{
    private const int Guard = 64;
    private const float Untouched = -12345.5f;

    private readonly ModelKernels _kernels;
    private readonly ParameterStore _parameters;
    private readonly float[] _images;
    private readonly int[] _labels;
    private readonly int _imageLength;
    private readonly int _classes;
    private readonly double[] _losses;
    private readonly bool[] _hits;
    private readonly float[] _logits;

    /// <param name="kernels">The kernels.</param>
    /// <param name="parameters">The network's parameters, which are copied.</param>
    /// <param name="images">[n,C,H,W].</param>
    /// <param name="labels">n classes, at most a batch.</param>
    /// <param name="classes">The network's classes.</param>
    public GuardedRun(ModelKernels kernels, ParameterStore parameters, float[] images, int[] labels, int classes)
    {
        _kernels = kernels;
        (_images, _labels, _imageLength, _classes) = (images, labels, images.Length / labels.Length, classes);
        _losses = new double[kernels.Lanes];
        _hits = new bool[kernels.Lanes];
        _logits = new float[labels.Length * classes];
        _parameters = new ParameterStore(
            parameters.Model, parameters.Infos.Add(new ParameterInfo("guard", [Guard], 1, parameters.Length, 1, Guard)));
        for (int i = 0; i < parameters.Length; i++) _parameters.At(i) = parameters.At(i);
    }

    /// <summary>Runs everything.</summary>
    /// <param name="poisoned">Whether memory is no number at first; else it is zero.</param>
    /// <param name="recipe">Adam's constants.</param>
    /// <param name="broken">Receives how many floats behind the ends of the memories were written to.</param>
    /// <returns>The logits of one image and of a batch, and the parameters after a training step.</returns>
    public float[] Run(bool poisoned, TrainingRecipe recipe, out int broken)
    {
        var memories = PlannedMemory.Of(_kernels).Select(item => poisoned ? item.Memory.Poisoned(Guard) : new Arena(item.Required + Guard)).ToArray();
        int moments = _parameters.Length - Guard;
        Arena[] all = [.. memories, new Arena(moments + Guard), new Arena(moments + Guard)];
        var (inference, worker, batch, activations, prepared) = (memories[0], memories[1], memories[2], memories[3], memories[4]);
        for (int i = 0; i < Guard; i++) _parameters.At(moments + i) = Untouched;
        foreach (var arena in all) arena.Span[^Guard..].Fill(Untouched);

        var image = new float[_classes];
        _kernels.Prepare(_parameters, prepared);
        for (int step = 0; step < _kernels.ImageSteps.Length; step++) _kernels.ImageStep(step, _images.AsSpan(0, _imageLength), prepared, activations, image);
        for (int shard = 0; shard * _kernels.Lanes < _labels.Length; shard++)
        {
            for (int step = 0; step < _kernels.InferenceSteps.Length; step++) _kernels.InferenceStep(step, this, shard, _parameters, prepared, inference);
        }

        AdamScalars.Fill(batch.Span.Slice(_kernels.ScalarsOffset, AdamScalars.Count), recipe, recipe.LearningRate, step: 1);
        for (int i = 0; i < _kernels.Dropouts.Length; i++)
        {
            // Masks are drawn, but keep all.
            var scalars = batch.Span.Slice(_kernels.ScalarsOffset + AdamScalars.Count + (2 * i), 2);
            (scalars[0], scalars[1]) = (0, 1);
        }

        for (int task = 0; task < ModelKernels.Tasks(_kernels.SpectraSteps); task++) _kernels.Spectra(task, _parameters, batch);
        BatchCounts.Fill(_kernels, batch, _labels.Length);
        Arena[] kept = [.. Enumerable.Range(0, _kernels.Shards).Select(_ => PlannedMemory.Shard(_kernels) is { } planned && poisoned ? planned.Poisoned(Guard) : new Arena(_kernels.KeptLength + Guard))];
        foreach (var arena in kept) arena.Span[^Guard..].Fill(Untouched);
        int begin = 0;
        foreach (int end in _kernels.PhaseEnds)
        {
            for (int shard = 0; shard < _kernels.Shards; shard++)
            {
                for (int step = begin; step < end; step++) _kernels.ShardStep(step, this, shard, _parameters, batch, worker, kept[shard]);
            }

            begin = end;
        }

        for (int task = 0; task < ModelKernels.Tasks(_kernels.UpdateSteps); task++) _kernels.Update(task, _parameters, all[5], all[6], batch);

        broken = 0;
        for (int i = 0; i < Guard; i++)
        {
            if (_parameters.At(moments + i) != Untouched) broken++;
        }

        foreach (var arena in all.Concat(kept))
        {
            foreach (float value in arena.Span[^Guard..])
            {
                if (value != Untouched) broken++;
            }
        }

        float[] updated = new float[moments];
        for (int i = 0; i < moments; i++) updated[i] = _parameters.At(i);
        return [.. image, .. _logits, .. updated];
    }

    void IShard.LoadImages(int shard, ref float destination, in LanePlace place)
    {
        var (start, count) = Range(shard);
        ImageLanes.Load(_images.AsSpan(start * _imageLength, count * _imageLength), ref destination, place);
    }

    void IShard.StoreLogits(int shard, ref float logits)
    {
        var (start, count) = Range(shard);
        for (int image = 0; image < count; image++)
        {
            for (int c = 0; c < _classes; c++) _logits[((start + image) * _classes) + c] = System.Runtime.CompilerServices.Unsafe.Add(ref logits, (c * _kernels.Lanes) + image);
        }
    }

    void ITrainingShard.Loss(int shard, ref float logits, ref float gradient)
    {
        var (start, count) = Range(shard);
        SoftmaxCrossEntropy.Shard(
            ref logits, ref gradient, _kernels.Lanes, _classes, _labels.AsSpan(start, count), 1f / _labels.Length, _losses, _hits, new float[2 * _classes]);
    }

    private (int Start, int Count) Range(int shard)
    {
        int start = Math.Min(_labels.Length, shard * _kernels.Lanes);
        return (start, Math.Min(_kernels.Lanes, _labels.Length - start));
    }
}
