namespace StaticCnn.Mnist.Training;

/// <summary>Two observers of one training.</summary>
internal sealed class ObserverPair(ITrainingObserver first, ITrainingObserver second) : ITrainingObserver
{
    /// <inheritdoc/>
    public long AllocatedBytes => first.AllocatedBytes + second.AllocatedBytes;

    /// <inheritdoc/>
    public void BatchDone(in BatchProgress progress)
    {
        first.BatchDone(progress);
        second.BatchDone(progress);
    }

    /// <inheritdoc/>
    public void EpochDone(EpochResult result)
    {
        first.EpochDone(result);
        second.EpochDone(result);
    }
}
