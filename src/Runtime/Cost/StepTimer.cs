using System.Diagnostics;
using StaticCnn.Generated;

namespace StaticCnn;

/// <summary>Runs a network's programs step by step and times each, on memory of its own.</summary>
internal sealed class StepTimer : ITrainingShard
{
    private readonly ModelKernels _kernels;
    private readonly ParameterStore _parameters;
    private readonly TrainingRecipe _recipe;
    private readonly int _imageLength;
    private readonly int _classes;
    private readonly float[] _images;
    private readonly int[] _labels;
    private readonly double[] _losses;
    private readonly bool[] _hits;
    private readonly float[] _scratch;

    public StepTimer(ModelKernels kernels, ParameterStore parameters, TrainingRecipe recipe, int imageLength, int classes)
    {
        _kernels = kernels;
        _parameters = parameters;
        _recipe = recipe;
        _imageLength = imageLength;
        _classes = classes;
        var random = new Random(1);
        _images = new float[recipe.BatchSize * imageLength];
        foreach (ref float pixel in _images.AsSpan()) pixel = random.NextSingle();
        _labels = new int[recipe.BatchSize];
        foreach (ref int label in _labels.AsSpan()) label = random.Next(classes);
        _losses = new double[kernels.Lanes];
        _hits = new bool[kernels.Lanes];
        _scratch = new float[2 * classes];
    }

    /// <summary>The steps of a training step, per image of a full batch.</summary>
    public IEnumerable<StepCost> TimeTraining(double seconds)
    {
        var batch = new Arena(_kernels.BatchLength);
        var worker = new Arena(_kernels.WorkerLength);
        Arena[] kept = [.. Enumerable.Range(0, _kernels.Shards).Select(_ => new Arena(_kernels.KeptLength))];
        BatchCounts.Fill(_kernels, batch, _labels.Length);
        var first = new Arena(_parameters.Length);
        var second = new Arena(_parameters.Length);
        // With a learning rate of 0 all rounds are alike. Dropout's masks are drawn, but keep all.
        AdamScalars.Fill(batch.Span[_kernels.ScalarsOffset..], _recipe, learningRate: 0, step: 1);
        for (int i = 0; i < _kernels.Dropouts.Length; i++) batch.Span[_kernels.ScalarsOffset + AdamScalars.Count + (2 * i) + 1] = 1;

        var shards = _kernels.ShardSteps.ToArray();
        int loss = Array.FindIndex(shards, step => step.Name == "loss");
        return Time(
            [
                .. _kernels.SpectraSteps.ToArray().Select(step => (CostPass.Batch, step)),
                .. shards.Select((step, i) => (i < loss ? CostPass.Forward : CostPass.Backward, step)),
                .. _kernels.UpdateSteps.ToArray().Select(step => (CostPass.Batch, step)),
            ],
            _recipe.BatchSize, seconds, ticks =>
            {
                var clock = new StepClock(ticks);
                int task = 0;
                foreach (var step in _kernels.SpectraSteps)
                {
                    for (int i = 0; i < step.Tasks; i++) _kernels.Spectra(task++, _parameters, batch);
                    clock.Next();
                }

                int shardSteps = clock.Step;
                int begin = 0;
                foreach (int end in _kernels.PhaseEnds)
                {
                    for (int shard = 0; shard < _kernels.Shards; shard++)
                    {
                        clock.Step = shardSteps + begin;
                        for (int step = begin; step < end; step++)
                        {
                            _kernels.ShardStep(step, this, shard, _parameters, batch, worker, kept[shard]);
                            clock.Next();
                        }
                    }

                    begin = end;
                }

                clock.Step = shardSteps + shards.Length;

                task = 0;
                foreach (var step in _kernels.UpdateSteps)
                {
                    for (int i = 0; i < step.Tasks; i++) _kernels.Update(task++, _parameters, first, second, batch);
                    clock.Next();
                }
            });
    }

    /// <summary>The steps of the forward pass of one image.</summary>
    public IEnumerable<StepCost> TimeImage(double seconds)
    {
        var prepared = new Arena(_kernels.PreparedLength);
        var activations = new Arena(_kernels.ImageLength);
        var logits = new float[_classes];
        _kernels.Prepare(_parameters, prepared);
        return Time(
            [.. _kernels.ImageSteps.ToArray().Select(step => (CostPass.Image, step))], 1, seconds, ticks =>
            {
                var clock = new StepClock(ticks);
                for (int step = 0; step < _kernels.ImageSteps.Length; step++)
                {
                    _kernels.ImageStep(step, _images.AsSpan(0, _imageLength), prepared, activations, logits);
                    clock.Next();
                }
            });
    }

    void IShard.LoadImages(int shard, ref float destination, in LanePlace place)
    {
        var (start, count) = Range(shard);
        ImageLanes.Load(_images.AsSpan(start * _imageLength, count * _imageLength), ref destination, place);
    }

    void IShard.StoreLogits(int shard, ref float logits)
    {
    }

    void ITrainingShard.Loss(int shard, ref float logits, ref float gradient)
    {
        var (start, count) = Range(shard);
        SoftmaxCrossEntropy.Shard(
            ref logits, ref gradient, _kernels.Lanes, _classes, _labels.AsSpan(start, count), 1f / _labels.Length,
            _losses, _hits, _scratch);
    }

    private (int Start, int Count) Range(int shard)
    {
        int start = shard * _kernels.Lanes;
        return (start, Math.Min(_kernels.Lanes, _labels.Length - start));
    }

    /// <summary>Repeats a round that adds each step's ticks to an array, and takes the medians; the first tenth warms up.</summary>
    private static IEnumerable<StepCost> Time(
        (CostPass Pass, KernelStep Step)[] steps, int images, double seconds, Action<long[]> round)
    {
        var rounds = new List<long[]>();
        Repeat(seconds / 10);
        rounds.Clear();
        Repeat(seconds);
        return steps.Select((item, i) => new StepCost(
            item.Pass, item.Step.Name, item.Step.Layer, item.Step.Description, item.Step.MultiplyAdds,
            Median(rounds.Select(ticks => ticks[i])) * 1e6 / Stopwatch.Frequency / images));

        void Repeat(double limit)
        {
            long start = Stopwatch.GetTimestamp();
            do
            {
                rounds.Add(new long[steps.Length]);
                round(rounds[^1]);
            }
            while (Stopwatch.GetElapsedTime(start).TotalSeconds < limit);
        }
    }

    private static double Median(IEnumerable<long> ticks)
    {
        long[] sorted = [.. ticks.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2.0;
    }

    /// <summary>Adds the ticks since the last step's end to the current step.</summary>
    private struct StepClock(long[] ticks)
    {
        private long _last = Stopwatch.GetTimestamp();

        public int Step { get; set; }

        public void Next()
        {
            long now = Stopwatch.GetTimestamp();
            ticks[Step++] += now - _last;
            _last = now;
        }
    }
}
