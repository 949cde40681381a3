using System.Diagnostics;
using System.Globalization;

namespace StaticCnn.Mnist.Training;

/// <summary>
/// Trains a network epoch by epoch. After the first batch nothing here allocates until the training ends, and each
/// epoch measures that it is so.
/// </summary>
/// <typeparam name="TModel">The generated network.</typeparam>
internal sealed class Trainer<TModel> : IDisposable where TModel : class, ICnnModel<TModel>
{
    private readonly ICnnTrainer _trainer;
    private readonly LabeledImages _images;
    private readonly ulong _seed;
    private readonly int[] _order;
    private readonly float[] _batchImages;
    private readonly int[] _batchLabels;

    /// <summary>Prepares a training.</summary>
    /// <param name="model">The network whose parameters are trained in place.</param>
    /// <param name="images">The images, of the network's shape.</param>
    /// <param name="threads">Threads that compute, the caller's included. The result does not depend on it.</param>
    /// <param name="seed">Seed of the images' order and of dropout.</param>
    /// <param name="learningRate">Adam's step size.</param>
    public Trainer(TModel model, LabeledImages images, int threads, ulong seed, float learningRate)
    {
        _trainer = TModel.CreateTrainer(model, threads, seed);
        _trainer.LearningRate = learningRate;
        _images = images;
        _seed = seed;
        _order = new int[images.Count];
        _batchImages = new float[_trainer.BatchSize * TModel.ImageLength];
        _batchLabels = new int[_trainer.BatchSize];
    }

    /// <summary>Trains all epochs.</summary>
    /// <returns>The outcome of each epoch.</returns>
    /// <exception cref="ProgramException">The loss is no longer a number.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the batch in hand was finished.</exception>
    public EpochResult[] Run(int epochs, ITrainingObserver observer, CancellationToken cancellation = default)
    {
        var results = new EpochResult[epochs];
        for (int epoch = 1; epoch <= epochs; epoch++)
        {
            results[epoch - 1] = RunEpoch(epoch, epochs, observer, cancellation);
            observer.EpochDone(results[epoch - 1]);
        }
        return results;
    }

    /// <inheritdoc/>
    public void Dispose() => _trainer.Dispose();

    private EpochResult RunEpoch(int epoch, int epochs, ITrainingObserver observer, CancellationToken cancellation)
    {
        int batches = (_images.Count + _trainer.BatchSize - 1) / _trainer.BatchSize;
        int warmUp = epoch == 1 ? 1 : 0; // The first batch of all runs code for the first time, which allocates once.
        long start = Stopwatch.GetTimestamp();
        long allocated = Allocated(observer);
        double lossSum = 0;
        int correct = 0;

        Shuffle.Fill(_order, _seed, epoch - 1);
        for (int batch = 1; batch <= batches; batch++)
        {
            cancellation.ThrowIfCancellationRequested();
            int first = (batch - 1) * _trainer.BatchSize;
            int count = Math.Min(_trainer.BatchSize, _images.Count - first);
            var images = _batchImages.AsSpan(0, count * TModel.ImageLength);
            var labels = _batchLabels.AsSpan(0, count);
            BatchReader.Read(_images, _order.AsSpan(first, count), images, labels);
            float loss = _trainer.Step(images, labels);
            if (!float.IsFinite(loss)) throw Diverged(epoch, batch, loss);
            lossSum += (double)loss * count;
            correct += _trainer.LastCorrect;
            observer.BatchDone(new BatchProgress(epoch, epochs, batch, batches, loss));
            if (batch == warmUp) allocated = Allocated(observer);
        }

        allocated = Allocated(observer) - allocated;
        return new EpochResult(
            epoch, epochs, lossSum / _images.Count, (double)correct / _images.Count,
            Stopwatch.GetElapsedTime(start).TotalSeconds, _images.Count, allocated, batches - warmUp);
    }

    private static long Allocated(ITrainingObserver observer) =>
        GC.GetTotalAllocatedBytes(precise: true) - observer.AllocatedBytes;

    private ProgramException Diverged(int epoch, int batch, float loss) => new(Failure.Diverged, string.Create(
        CultureInfo.InvariantCulture,
        $"The loss became {loss} at step {_trainer.StepCount} (epoch {epoch}, batch {batch}): the training diverged. " +
        $"Try a --learning-rate below {_trainer.LearningRate}."));
}
