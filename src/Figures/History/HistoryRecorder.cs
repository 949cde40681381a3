using System.Collections.Immutable;

namespace StaticCnn.Figures.History;

/// <summary>Records a training. Between <see cref="EpochDone"/> and the next, recording a batch allocates nothing.</summary>
/// <typeparam name="TModel">The network that is trained.</typeparam>
public sealed class HistoryRecorder<TModel> where TModel : class, ICnnModel<TModel>
{
    private const int MostSnapshots = 60;
    private const int MostSnapshotFloats = 1_000_000;

    private readonly ParameterStore _parameters;
    private readonly float[] _losses;
    private readonly float[] _accuracies;
    private readonly List<EpochRecord> _epochs = [];
    private readonly (ParameterInfo Info, int Index, float[] Values, List<Histogram> Histograms)[] _weights;
    private readonly int _kernels;
    private readonly int[] _snapshotSteps;
    private readonly float[][] _snapshots;
    private int _step;
    private int _snapshot;

    /// <summary>Prepares to record a training that starts now, with the parameters that the network has.</summary>
    /// <param name="model">The network.</param>
    /// <param name="epochs">Epochs to come.</param>
    /// <param name="batchesPerEpoch">Batches of each.</param>
    public HistoryRecorder(TModel model, int epochs, int batchesPerEpoch)
    {
        _parameters = model.Parameters;
        _losses = new float[checked(epochs * batchesPerEpoch)];
        _accuracies = new float[_losses.Length];
        _weights = [.. _parameters.Infos
            .Select((info, index) => (info, index, new float[info.Count], new List<Histogram>()))
            .Where(weight => weight.info.Shape.Length > 1)];
        _kernels = Array.FindIndex([.. _parameters.Infos], info => info.Shape.Length == 4);
        int values = _kernels < 0 ? 0 : _parameters.Infos[_kernels].Count;
        _snapshotSteps = _kernels < 0 ? [] : SnapshotSteps(_losses.Length, Math.Clamp(MostSnapshotFloats / values, 2, MostSnapshots));
        _snapshots = [.. _snapshotSteps.Select(_ => new float[values])];
        CountWeights();
        TakeSnapshot();
    }

    /// <summary>Records a batch; call it after the batch's step.</summary>
    /// <param name="loss">Its mean loss.</param>
    /// <param name="correct">Its images that were classified right.</param>
    /// <param name="images">Its images.</param>
    public void BatchDone(float loss, int correct, int images)
    {
        _losses[_step] = loss;
        _accuracies[_step] = (float)correct / images;
        _step++;
        TakeSnapshot();
    }

    /// <summary>Records the end of an epoch.</summary>
    public void EpochDone(EpochRecord epoch)
    {
        _epochs.Add(epoch);
        CountWeights();
    }

    /// <summary>Goes on where the record of the same training was, which was cut short.</summary>
    /// <param name="history">The record up to there.</param>
    /// <exception cref="FigureException">It is that of another training.</exception>
    public void Resume(TrainingHistory history)
    {
        var kernels = history.Kernels?.Snapshots ?? [];
        if (history.BatchLosses.Length > _losses.Length || history.Weights.Length != _weights.Length || kernels.Length > _snapshots.Length)
            throw new FigureException(FigureProblem.History, "The record is that of another training.");
        _step = history.BatchLosses.Length;
        history.BatchLosses.CopyTo(_losses);
        history.BatchAccuracies.CopyTo(_accuracies);
        _epochs.Clear();
        _epochs.AddRange(history.Epochs);
        _snapshot = kernels.Length;
        for (int i = 0; i < kernels.Length; i++) kernels[i].Values.CopyTo(_snapshots[i]);
        for (int i = 0; i < _weights.Length; i++)
        {
            _weights[i].Histograms.Clear();
            _weights[i].Histograms.AddRange(history.Weights[i].Epochs);
        }
    }

    /// <summary>What has been recorded.</summary>
    /// <param name="origin">What was trained, and with what.</param>
    public TrainingHistory ToHistory(TrainingOrigin origin) => new(
        origin,
        [.. _epochs],
        [.. _losses.AsSpan(0, _step)],
        [.. _accuracies.AsSpan(0, _step)],
        _kernels < 0 ? null : new KernelHistory(_parameters.Infos[_kernels].Name, _parameters.Infos[_kernels].Shape, Snapshots()),
        [.. _weights.Select(weight => new WeightHistory(weight.Info.Name, [.. weight.Histograms]))]);

    /// <summary>Steps after which to look, from 0 to <paramref name="last"/>, ever farther apart.</summary>
    private static int[] SnapshotSteps(int last, int intervals) =>
        [.. Enumerable.Range(0, intervals + 1).Select(i => (int)((long)last * i * i / ((long)intervals * intervals))).Distinct()];

    private void TakeSnapshot()
    {
        if (_snapshot == _snapshotSteps.Length || _snapshotSteps[_snapshot] != _step) return;
        _parameters.Get(_kernels, _snapshots[_snapshot++]);
    }

    private ImmutableArray<KernelSnapshot> Snapshots() =>
        [.. _snapshots.Take(_snapshot).Select((values, i) => new KernelSnapshot(_snapshotSteps[i], [.. values]))];

    private void CountWeights()
    {
        foreach (var (_, index, values, histograms) in _weights)
        {
            _parameters.Get(index, values);
            histograms.Add(Histogram.Of(values, Math.Clamp((int)Math.Sqrt(values.Length), 16, 64)));
        }
    }
}
