namespace StaticCnn.Mnist.Training;

/// <summary>Follows a training. What it does between batches is part of the measured epoch, so it should not allocate.</summary>
internal interface ITrainingObserver
{
    /// <summary>Bytes that this display has allocated on the training thread; they are not counted as the training's.</summary>
    long AllocatedBytes => 0;

    /// <summary>Called after each batch.</summary>
    void BatchDone(in BatchProgress progress);

    /// <summary>Called after each epoch.</summary>
    void EpochDone(EpochResult result);
}

/// <summary>Where a training is.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Epochs">Epochs in all.</param>
/// <param name="Batch">The batch of the epoch that has just ended, from 1.</param>
/// <param name="Batches">Batches of an epoch.</param>
/// <param name="Loss">The batch's mean loss, before its step.</param>
/// <param name="Correct">Its images that were classified right, before its step.</param>
/// <param name="Images">Its images.</param>
internal readonly record struct BatchProgress(int Epoch, int Epochs, int Batch, int Batches, float Loss, int Correct, int Images);

/// <summary>The outcome of an epoch.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Epochs">Epochs in all.</param>
/// <param name="Loss">Mean loss of its images, each before the step that it was part of.</param>
/// <param name="Accuracy">Its images that were classified right, each before its step, in 0 to 1.</param>
/// <param name="Seconds">Its duration.</param>
/// <param name="Images">Its images.</param>
/// <param name="AllocatedBytes">Bytes that all threads allocated in its measured batches.</param>
/// <param name="MeasuredBatches">All its batches; in the first epoch all but the first, which warms up.</param>
internal sealed record EpochResult(
    int Epoch, int Epochs, double Loss, double Accuracy, double Seconds, int Images, long AllocatedBytes, int MeasuredBatches);
