using System.Collections.Immutable;
using System.ComponentModel;
using System.Globalization;

namespace StaticCnn.Generated;

/// <summary>
/// What every generated trainer does that does not depend on its network's shapes. A step has three phases: the spectra
/// of kernels, where a convolution filters by them; the shards of the batch, each forward, loss and backward by itself; then
/// the update, in tasks that each own their parameters. Updates of linear layers need not wait for the shards' last steps: a
/// thread that has finished its shards takes them early, where it would only wait for the others.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract unsafe class CnnTrainer : ICnnTrainer, IPhasedWork, ITrainingShard
{
    private readonly ModelCore _core;
    private readonly ModelKernels _kernels;
    private readonly TrainingRecipe _recipe;
    private readonly ulong _seed;
    private readonly WorkerTeam _team;
    private readonly Arena _first;
    private readonly Arena _second;
    private readonly Arena _batch;
    private readonly Arena[] _workers;
    private readonly Arena[] _kept;
    private readonly int[] _phaseTasks;
    private readonly double[] _losses;
    private readonly bool[] _hits;
    private readonly float[][] _scratch;
    private readonly float[] _logits;
    private readonly int[] _dataLabels;
    private readonly float[][] _pixels;
    private readonly Gathering _early = new();
    private PinnedSpan<float> _images;
    private PinnedSpan<int> _labels;
    private PinnedSpan<float> _targets;
    private int _count;
    private LabeledImages? _data;
    private PinnedSpan<int> _indices;
    private float _learningRate;
    private bool _guardsStep;
    private bool _disposed;
    private volatile bool _isInfinite;

    /// <summary>Allocates all that training needs.</summary>
    protected CnnTrainer(ModelCore core, TrainingRecipe recipe, int threads, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(core);
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        _core = core;
        _kernels = core.Kernels;
        _recipe = recipe;
        _seed = seed;
        LearningRate = recipe.LearningRate;
        _first = new Arena(core.Parameters.Length);
        _second = new Arena(core.Parameters.Length);
        _batch = new Arena(_kernels.BatchLength);
        _workers = new Arena[threads];
        for (int i = 0; i < threads; i++) _workers[i] = new Arena(_kernels.WorkerLength);
        _kept = new Arena[_kernels.Shards];
        for (int i = 0; i < _kept.Length; i++) _kept[i] = new Arena(_kernels.KeptLength);
        _phaseTasks = new int[_kernels.PhaseEnds.Length + 2];
        int lanes = _kernels.Shards * _kernels.Lanes;
        _losses = new double[lanes];
        _hits = new bool[lanes];
        _scratch = new float[_kernels.Shards][];
        for (int i = 0; i < _scratch.Length; i++) _scratch[i] = new float[2 * core.ClassCount];
        _logits = new float[recipe.BatchSize * core.ClassCount];
        _dataLabels = new int[recipe.BatchSize];
        _pixels = new float[_kernels.Shards][];
        for (int i = 0; i < _pixels.Length; i++) _pixels[i] = new float[_kernels.Lanes * core.ImageLength];
        _team = new WorkerTeam(threads);
    }

    /// <inheritdoc/>
    public int Threads => _team.Threads;

    /// <summary>The threads, for whoever asks them what they allocate.</summary>
    internal WorkerTeam Team => _team;

    /// <inheritdoc/>
    public int BatchSize => _recipe.BatchSize;

    /// <inheritdoc/>
    public float LearningRate
    {
        get => _learningRate;
        set
        {
            if (!(value >= 0 && float.IsFinite(value)))
            {
                throw new ArgumentOutOfRangeException(nameof(value), value, "Expected a learning rate that is finite and not negative.");
            }

            _learningRate = value;
        }
    }

    /// <inheritdoc/>
    public bool DropoutEnabled { get; set; } = true;

    /// <inheritdoc/>
    public long StepCount { get; private set; }

    /// <inheritdoc/>
    public int LastCorrect { get; private set; }

    /// <inheritdoc/>
    public float Step(ReadOnlySpan<float> images, ReadOnlySpan<int> labels)
    {
        Check(images, labels, BatchSize);
        using var turn = Enter();
        return GuardedStep(images, labels);
    }

    /// <inheritdoc/>
    public float Step(LabeledImages data, ReadOnlySpan<int> indices)
    {
        ArgumentNullException.ThrowIfNull(data);
        using var turn = Enter();
        var labels = Labels(data, indices);
        _data = data;
        fixed (int* index = indices)
        {
            _indices = new PinnedSpan<int>(index, indices.Length);
            try
            {
                return GuardedStep([], labels);
            }
            finally
            {
                _data = null;
            }
        }
    }

    /// <inheritdoc/>
    public Evaluation Evaluate(ReadOnlySpan<float> images, ReadOnlySpan<int> labels)
    {
        Check(images, labels, int.MaxValue);
        using var turn = Enter();
        var total = default(Evaluation);
        for (int start = 0; start < labels.Length; start += BatchSize)
        {
            int count = Math.Min(BatchSize, labels.Length - start);
            var logits = _logits.AsSpan(0, count * _core.ClassCount);
            _core.RunBatch(images.Slice(start * _core.ImageLength, count * _core.ImageLength), logits, _team);
            for (int i = 0; i < count; i++)
            {
                SoftmaxCrossEntropy.Evaluate(
                    ref logits[i * _core.ClassCount], 1, _core.ClassCount, labels.Slice(start + i, 1),
                    _losses, _hits, _scratch[0]);
                total += new Evaluation(_losses[0], _hits[0] ? 1 : 0, 1);
            }
        }

        return total;
    }

    /// <inheritdoc/>
    public float Step(ReadOnlySpan<float> images, ReadOnlySpan<float> targets)
    {
        int count = CheckTargets(images, targets);
        using var turn = Enter();
        return GuardedStep(images, [], targets, count);
    }

    /// <inheritdoc/>
    public float[][] Gradients(ReadOnlySpan<float> images, ReadOnlySpan<float> targets)
    {
        int count = CheckTargets(images, targets);
        using var turn = Enter();
        return GradientsOf(images, [], targets, count);
    }

    /// <inheritdoc/>
    public float[][] Gradients(ReadOnlySpan<float> images, ReadOnlySpan<int> labels)
    {
        Check(images, labels, BatchSize);
        using var turn = Enter();
        return GradientsOf(images, labels, [], labels.Length);
    }

    private float[][] GradientsOf(ReadOnlySpan<float> images, ReadOnlySpan<int> labels, ReadOnlySpan<float> targets, int count)
    {
        float[] parameters = _core.Parameters.Span.ToArray();
        float[] first = _first.Span.ToArray(), second = _second.Span.ToArray();
        int correct = LastCorrect;
        // With these scalars Adam's first moment is the gradient itself, and the parameters move by 0.
        Scalars.Clear();
        Scalars[1] = 1;
        Scalars[6] = 1;
        Run(images, labels, targets, count);
        var gradients = new float[_core.Parameters.Infos.Length][];
        for (int i = 0; i < gradients.Length; i++) gradients[i] = Values(_core.Parameters.Infos[i], _first.Span);
        parameters.CopyTo(_core.Parameters.Span);
        first.CopyTo(_first.Span);
        second.CopyTo(_second.Span);
        LastCorrect = correct;
        return gradients;
    }

    /// <inheritdoc/>
    public void SaveState(string path, IReadOnlyDictionary<string, string>? metadata = null)
    {
        using var turn = Enter();
        var all = new Dictionary<string, string>(metadata ?? ImmutableDictionary<string, string>.Empty);
        if (!all.TryAdd(ICnnTrainer.VectorBitsKey, _kernels.VectorBits.ToString(CultureInfo.InvariantCulture)))
        {
            throw new ArgumentException($"The metadata key '{ICnnTrainer.VectorBitsKey}' is set by the writer.", nameof(metadata));
        }

        TrainerState.Save(path, _core.Parameters, _first.Span, _second.Span, StepCount, all);
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> LoadState(string path, Action<IReadOnlyDictionary<string, string>>? accept = null)
    {
        using var turn = Enter();
        var metadata = TrainerState.Load(path, _core.Parameters, _first.Span, _second.Span, out long step, accept);
        StepCount = step;
        return metadata;
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose()
    {
        _disposed = true;
        _team.Dispose();
        GC.SuppressFinalize(this);
    }

    private ModelCore.Turn Enter()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _core.Enter();
    }

    /// <inheritdoc/>
    void IPhasedWork.Run(int phase, int task, int worker)
    {
        int last = _kernels.PhaseEnds.Length;
        if (phase == 0)
        {
            _kernels.Spectra(task, _core.Parameters, _batch);
        }
        else if (phase > last)
        {
            Update(_kernels.EarlyUpdates + task);
        }
        else if (task < _kernels.Shards)
        {
            RunShard(phase - 1, task, worker);
        }
        else
        {
            _early.Wait();
            Update(task - _kernels.Shards);
        }
    }

    private void RunShard(int phase, int shard, int worker)
    {
        int step = phase == 0 ? 0 : _kernels.PhaseEnds[phase - 1], end = _kernels.PhaseEnds[phase];
        if (phase == _kernels.PhaseEnds.Length - 1)
        {
            try
            {
                for (; step < _kernels.EarlyAfterStep; step++) Run(step);
            }
            finally
            {
                _early.Arrive(failed: step < _kernels.EarlyAfterStep);
            }
        }

        for (; step < end; step++) Run(step);

        void Run(int step) => _kernels.ShardStep(step, this, shard, _core.Parameters, _batch, _workers[worker], _kept[shard]);
    }

    private void Update(int task)
    {
        if (_guardsStep && _isInfinite || _early.HasFailed) return;
        _kernels.Update(task, _core.Parameters, _first, _second, _batch);
    }

    /// <inheritdoc/>
    void IShard.LoadImages(int shard, ref float destination, in LanePlace place)
    {
        var (start, count) = Range(shard);
        int length = _core.ImageLength;
        if (_data is null)
        {
            ImageLanes.Load(_images.Span.Slice(start * length, count * length), ref destination, place);
            return;
        }

        var pixels = _pixels[shard].AsSpan(0, count * length);
        for (int i = 0; i < count; i++)
        {
            BatchReader.ToFloats(_data.Pixels(_indices.Span[start + i]), pixels.Slice(i * length, length));
        }

        ImageLanes.Load(pixels, ref destination, place);
    }

    /// <inheritdoc/>
    void IShard.StoreLogits(int shard, ref float logits)
    {
    }

    /// <inheritdoc/>
    void ITrainingShard.Loss(int shard, ref float logits, ref float gradient)
    {
        var (start, count) = Range(shard);
        if (_recipe.Loss == Loss.MeanSquaredError)
        {
            MeanSquaredError.Shard(
                ref logits, ref gradient, _kernels.Lanes, _core.ClassCount, _targets.Span.Slice(start * _core.ClassCount, count * _core.ClassCount),
                1f / _count, _losses.AsSpan(start));
            CheckLosses(start, count);
            return;
        }

        var labels = _labels.Span;
        SoftmaxCrossEntropy.Shard(
            ref logits, ref gradient, _kernels.Lanes, _core.ClassCount, labels.Slice(start, count), 1f / labels.Length,
            _losses.AsSpan(start), _hits.AsSpan(start), _scratch[shard]);
        CheckLosses(start, count);
    }

    private void CheckLosses(int start, int count)
    {
        foreach (double loss in _losses.AsSpan(start, count))
        {
            if (!float.IsFinite((float)loss)) _isInfinite = true;
        }
    }

    private Span<float> Scalars => _batch.Span.Slice(_kernels.ScalarsOffset, AdamScalars.Count);

    /// <summary>The images of a shard within the batch; a short batch leaves the last shards short or empty.</summary>
    private (int Start, int Count) Range(int shard)
    {
        int total = _count;
        int start = Math.Min(total, shard * _kernels.Lanes);
        return (start, Math.Min(_kernels.Lanes, total - start));
    }

    /// <summary>A step that leaves everything as it was where the loss is no number.</summary>
    private float GuardedStep(ReadOnlySpan<float> images, ReadOnlySpan<int> labels) => GuardedStep(images, labels, [], labels.Length);

    private float GuardedStep(ReadOnlySpan<float> images, ReadOnlySpan<int> labels, ReadOnlySpan<float> targets, int count)
    {
        AdamScalars.Fill(Scalars, _recipe, LearningRate, StepCount + 1);
        _guardsStep = true;
        float loss = Run(images, labels, targets, count);
        _guardsStep = false;
        if (!_isInfinite) StepCount++;
        return loss;
    }

    private float Run(ReadOnlySpan<float> images, ReadOnlySpan<int> labels, ReadOnlySpan<float> targets, int count)
    {
        FillDropout();
        BatchCounts.Fill(_kernels, _batch, count);
        _count = count;
        _isInfinite = false;
        fixed (float* image = images)
        fixed (int* label = labels)
        fixed (float* target = targets)
        {
            _targets = new PinnedSpan<float>(target, targets.Length);
            _images = new PinnedSpan<float>(image, images.Length);
            _labels = new PinnedSpan<int>(label, labels.Length);
            _early.Reset(_kernels.Shards);
            int early = _kernels.EarlyUpdates, updates = ModelKernels.Tasks(_kernels.UpdateSteps);
            _phaseTasks.AsSpan().Fill(_kernels.Shards);
            _phaseTasks[0] = ModelKernels.Tasks(_kernels.SpectraSteps);
            _phaseTasks[^2] += early;
            _phaseTasks[^1] = updates - early;
            _team.Run(this, _phaseTasks);
        }

        _core.Parameters.Touch();
        double sum = 0;
        int correct = 0;
        for (int i = 0; i < count; i++)
        {
            sum += _losses[i];
            if (_hits[i]) correct++;
        }

        LastCorrect = correct;
        return (float)(sum / count);
    }

    private void FillDropout()
    {
        var slots = _kernels.Dropouts;
        for (int i = 0; i < slots.Length; i++)
        {
            var scalars = _batch.Span.Slice(_kernels.ScalarsOffset + AdamScalars.Count + (2 * i), 2);
            scalars[0] = BitConverter.UInt32BitsToSingle(DropoutEnabled ? DropoutLanes.Threshold(slots[i].Probability) : 0);
            scalars[1] = DropoutEnabled ? DropoutLanes.Kept(slots[i].Probability) : 1;
            for (int shard = 0; shard < _kernels.Shards; shard++)
            {
                // Each shard has a line of 16 keys, whatever the width.
                DropoutKeys.Fill(
                    _batch.Span.Slice(slots[i].KeysOffset + (shard * 16), _kernels.Lanes), _seed, StepCount,
                    shard * _kernels.Lanes, slots[i].Layer);
            }
        }
    }

    private int CheckTargets(ReadOnlySpan<float> images, ReadOnlySpan<float> targets)
    {
        if (_recipe.Loss != Loss.MeanSquaredError) throw new InvalidOperationException("This network is trained on labels: declare [Training(Loss = Loss.MeanSquaredError)] for targets.");
        int count = Lengths.Images(targets.Length, _core.ClassCount, nameof(targets));
        if (count == 0 || count > BatchSize) throw new ArgumentException($"Expected targets of 1 to {BatchSize} images, found {count}.", nameof(targets));
        Lengths.Require(images.Length, count * _core.ImageLength, nameof(images));
        return count;
    }

    private void Check(ReadOnlySpan<float> images, ReadOnlySpan<int> labels, int most)
    {
        if (_recipe.Loss == Loss.MeanSquaredError) throw new InvalidOperationException("This network is trained on targets, by the mean squared error: give it floats.");

        if (labels.Length == 0 || labels.Length > most)
        {
            throw new ArgumentException($"Expected 1 to {most} labels, found {labels.Length}.", nameof(labels));
        }

        Lengths.Require(images.Length, labels.Length * _core.ImageLength, nameof(images));
        foreach (int label in labels)
        {
            if ((uint)label >= (uint)_core.ClassCount)
            {
                throw new ArgumentException($"Expected labels from 0 to {_core.ClassCount - 1}, found {label}.", nameof(labels));
            }
        }
    }

    /// <summary>The labels of chosen images, once all is checked.</summary>
    private ReadOnlySpan<int> Labels(LabeledImages data, ReadOnlySpan<int> indices)
    {
        if (data.Shape.Length != _core.ImageLength)
        {
            throw new ArgumentException($"Expected images of {_core.ImageLength} floats, found {data.Shape}.", nameof(data));
        }
        if (indices.Length == 0 || indices.Length > BatchSize)
        {
            throw new ArgumentException($"Expected 1 to {BatchSize} indices, found {indices.Length}.", nameof(indices));
        }
        for (int i = 0; i < indices.Length; i++)
        {
            if ((uint)indices[i] >= (uint)data.Count) throw new ArgumentOutOfRangeException(nameof(indices), indices[i], $"There are {data.Count} images.");
            int label = _dataLabels[i] = data.Labels[indices[i]];
            if (label >= _core.ClassCount)
            {
                throw new ArgumentException($"Expected labels from 0 to {_core.ClassCount - 1}, found {label} at image {indices[i]}.", nameof(data));
            }
        }

        return _dataLabels.AsSpan(0, indices.Length);
    }

    private static float[] Values(ParameterInfo info, ReadOnlySpan<float> source)
    {
        var values = new float[info.Count];
        for (int row = 0; row < info.Rows; row++)
        {
            source.Slice(info.Offset + (row * info.RowPitch), info.RowLength).CopyTo(values.AsSpan(row * info.RowLength));
        }

        return values;
    }
}
