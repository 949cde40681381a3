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
    private readonly TModel _model;
    private readonly ICnnTrainer _trainer;
    private readonly LabeledImages _images;
    private readonly ulong _seed;
    private readonly int[] _order;
    private bool _isWarm; // The first batch of all runs code for the first time, which allocates once.

    /// <summary>Prepares a training.</summary>
    /// <param name="model">The network whose parameters are trained in place.</param>
    /// <param name="images">The images, of the network's shape.</param>
    /// <param name="threads">Threads that compute, the caller's included. The result does not depend on it.</param>
    /// <param name="seed">Seed of the images' order and of dropout.</param>
    /// <param name="learningRate">Adam's step size.</param>
    public Trainer(TModel model, LabeledImages images, int threads, ulong seed, float learningRate)
    {
        _model = model;
        _trainer = TModel.CreateTrainer(model, threads, seed);
        _trainer.LearningRate = learningRate;
        _images = images;
        _seed = seed;
        _order = new int[images.Count];
    }

    /// <summary>Puts the training where a checkpoint was.</summary>
    /// <returns>How far it is; null at the beginning.</returns>
    /// <exception cref="ProgramException">The checkpoint cannot be used.</exception>
    public TrainingProgress? Resume(Checkpoints checkpoints, TextWriter text) => checkpoints.Load(_trainer, text);

    /// <summary>Trains all epochs.</summary>
    /// <param name="epochs">Passes over the images.</param>
    /// <param name="observer">Is told of each batch and epoch.</param>
    /// <param name="checkpoints">Keep the training on disk; null keeps nothing.</param>
    /// <param name="start">Where <see cref="Resume"/> has put the training; null at the beginning.</param>
    /// <param name="cancellation">Ends the training.</param>
    /// <returns>The outcome of each epoch, those before <paramref name="start"/> included.</returns>
    /// <exception cref="ProgramException">The loss is no longer a number.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the batch in hand was finished.</exception>
    public EpochResult[] Run(
        int epochs, ITrainingObserver observer, Checkpoints? checkpoints = null, TrainingProgress? start = null,
        CancellationToken cancellation = default)
    {
        var progress = start ?? new TrainingProgress();
        while (progress.Epoch <= epochs)
        {
            progress.Finish(RunEpoch(progress, epochs, observer, checkpoints, cancellation));
            observer.EpochDone(progress.Epochs[^1]);
        }
        return [.. progress.Epochs];
    }

    /// <inheritdoc/>
    public void Dispose() => _trainer.Dispose();

    private EpochResult RunEpoch(
        TrainingProgress progress, int epochs, ITrainingObserver observer, Checkpoints? checkpoints, CancellationToken cancellation)
    {
        int batches = (_images.Count + _trainer.BatchSize - 1) / _trainer.BatchSize;
        long start = Stopwatch.GetTimestamp();
        double secondsBefore = progress.Seconds;
        long allocated = Allocated(observer);

        Shuffle.Fill(_order, _seed, progress.Epoch - 1);
        while (progress.Batch < batches)
        {
            cancellation.ThrowIfCancellationRequested();
            int first = progress.Batch * _trainer.BatchSize;
            int count = Math.Min(_trainer.BatchSize, _images.Count - first);
            float loss = _trainer.Step(_images, _order.AsSpan(first, count));
            if (!float.IsFinite(loss)) throw Diverged(progress, loss, _order.AsSpan(first, count));
            progress.Batch++;
            progress.LossSum += (double)loss * count;
            progress.Correct += _trainer.LastCorrect;
            observer.BatchDone(new BatchProgress(progress.Epoch, epochs, progress.Batch, batches, loss, _trainer.LastCorrect, count));
            if (_isWarm) progress.MeasuredBatches++;
            else allocated = Allocated(observer);
            _isWarm = true;
            if (checkpoints?.IsDue(_trainer) == true)
            {
                progress.AllocatedBytes += Allocated(observer) - allocated;
                progress.Seconds = secondsBefore + Stopwatch.GetElapsedTime(start).TotalSeconds;
                checkpoints.Save(_trainer, progress);
                allocated = Allocated(observer); // What a checkpoint allocates is not the training's.
            }
        }

        progress.AllocatedBytes += Allocated(observer) - allocated;
        return new EpochResult(
            progress.Epoch, epochs, progress.LossSum / _images.Count, (double)progress.Correct / _images.Count,
            secondsBefore + Stopwatch.GetElapsedTime(start).TotalSeconds, _images.Count, progress.AllocatedBytes, progress.MeasuredBatches);
    }

    private static long Allocated(ITrainingObserver observer) =>
        GC.GetTotalAllocatedBytes(precise: true) - observer.AllocatedBytes;

    private ProgramException Diverged(TrainingProgress progress, float loss, ReadOnlySpan<int> indices)
    {
        float[] images = new float[indices.Length * TModel.ImageLength];
        BatchReader.Read(_images, indices, images, new int[indices.Length]);
        return new ProgramException(Failure.Diverged, string.Create(
            CultureInfo.InvariantCulture,
            $"The loss became {loss} at step {_trainer.StepCount + 1} (epoch {progress.Epoch}, batch {progress.Batch + 1}): the training diverged, " +
            $"{Divergence.Describe(_model, images)}. Try a learning rate below {_trainer.LearningRate} ([Training(LearningRate = ...)], or --learning-rate of 'mnist train')."));
    }
}
