using StaticCnn.Figures.History;
using StaticCnn.Mnist.Data;

namespace StaticCnn.Mnist.Training;

/// <summary>Records a training's history, and tests the network after each epoch.</summary>
/// <typeparam name="TModel">The network that is trained.</typeparam>
internal sealed class TrainingRecord<TModel> : ITrainingObserver, ICheckpointPart, IDisposable where TModel : class, ICnnModel<TModel>
{
    private readonly TModel _model;
    private readonly Tester<TModel> _tester;
    private readonly HistoryRecorder<TModel> _recorder;
    private readonly CancellationToken _cancellation;
    private TrainingOrigin _origin;

    /// <summary>Prepares to record a training of <paramref name="model"/>, which has its initial values.</summary>
    /// <param name="model">The network.</param>
    /// <param name="data">The images to train and to test with.</param>
    /// <param name="recipe">The training's recipe.</param>
    /// <param name="origin">What is trained, and with what; the weights are not known yet.</param>
    /// <param name="cancellation">Ends a test.</param>
    public TrainingRecord(TModel model, DataSet<TModel> data, TrainingRecipe recipe, TrainingOrigin origin, CancellationToken cancellation)
    {
        _model = model;
        _tester = new Tester<TModel>(data.Test, origin.Threads);
        _recorder = new HistoryRecorder<TModel>(model, recipe.Epochs, (data.Train.Count + recipe.BatchSize - 1) / recipe.BatchSize);
        _origin = origin;
        _cancellation = cancellation;
    }

    /// <summary>The outcome of the test after the last epoch.</summary>
    public TestResult LastTest { get; private set; } = new([]);

    /// <inheritdoc/>
    public void BatchDone(in BatchProgress progress) => _recorder.BatchDone(progress.Loss, progress.Correct, progress.Images);

    /// <inheritdoc/>
    public void EpochDone(EpochResult result)
    {
        LastTest = _tester.Run(_model, _cancellation);
        _recorder.EpochDone(new EpochRecord(result.Seconds, result.Loss, result.Accuracy, LastTest.Overall.Loss, LastTest.Overall.Accuracy));
    }

    /// <inheritdoc/>
    public void Dispose() => _tester.Dispose();

    /// <summary>What has been recorded.</summary>
    /// <param name="weightsSha256">The weights file that came out.</param>
    public TrainingHistory ToHistory(string weightsSha256) => _recorder.ToHistory(_origin with { WeightsSha256 = weightsSha256 });

    /// <inheritdoc/>
    public string Save() => ToHistory(weightsSha256: "").ToJson();

    /// <inheritdoc/>
    public void Restore(string saved)
    {
        var history = TrainingHistory.Parse(saved);
        _recorder.Resume(history);
        _origin = _origin with { Started = history.Origin.Started };
    }
}
