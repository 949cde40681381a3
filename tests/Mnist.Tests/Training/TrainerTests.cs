using StaticCnn.Mnist.Data;
using StaticCnn.Mnist.Output;
using StaticCnn.Mnist.Tests.Support;
using StaticCnn.Mnist.Training;

namespace StaticCnn.Mnist.Tests.Training;

/// <summary>These tests run alone: one of them measures what the whole process allocates.</summary>
[CollectionDefinition("Alone", DisableParallelization = true)]
public class Alone;

[Collection("Alone")]
public sealed class TrainerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly LabeledImages _images;

    public TrainerTests()
    {
        SyntheticData.WriteTo(_folder.Path);
        _images = DataSet<SoftmaxModel>.Load(DataLocation.OfFolder(_folder.Path, SyntheticData.Files), threads: 1).Train;
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_image_is_seen_once_an_epoch_and_the_network_learns()
    {
        var observer = new Recorder();
        var epochs = Train(3, observer);
        Assert.Equal(3 * 16, observer.Batches.Count); // 250 images in batches of 16, the last of 10.
        Assert.Equal(Enumerable.Range(1, 16), observer.Batches.Take(16).Select(batch => batch.Batch));
        Assert.Equal([1, 2, 3], epochs.Select(epoch => epoch.Epoch));
        Assert.Equal(epochs, observer.Epochs);
        Assert.True(epochs[2].Loss < epochs[0].Loss / 2);
        Assert.True(epochs[2].Accuracy > 0.95);

        // The epoch's loss is the mean over images, not over batches.
        double expected = observer.Batches.Take(16).Select((batch, i) => batch.Loss * (i < 15 ? 16 : 10)).Sum() / 250;
        Assert.Equal(expected, epochs[0].Loss, 6);
    }

    [Fact]
    public void The_seed_fixes_the_training()
    {
        Assert.Equal(Train(2, new Recorder(), seed: 7).Select(e => e.Loss), Train(2, new Recorder(), seed: 7).Select(e => e.Loss));
        Assert.NotEqual(Train(1, new Recorder(), seed: 7)[0].Loss, Train(1, new Recorder(), seed: 8)[0].Loss);
    }

    [Fact]
    public void An_epoch_with_its_lines_of_progress_allocates_nothing()
    {
        using var output = new StreamWriter(Stream.Null) { AutoFlush = true };
        // Other threads of the test runner may allocate now and then; in a training that allocates, every epoch does.
        Assert.Equal(0, Train(20, new ProgressLines(output)).Min(epoch => epoch.AllocatedBytes));
    }

    [Fact]
    public void What_the_training_allocates_is_measured_and_what_the_display_declares_is_not()
    {
        var epoch = Train(2, new Spender(declares: false))[1];
        Assert.True(epoch.AllocatedBytes >= epoch.MeasuredBatches * 1000);
        Assert.True(Train(20, new Spender(declares: true)).Min(e => e.AllocatedBytes) < 1000);
    }

    [Fact]
    public void A_loss_that_is_no_number_ends_the_training_and_names_the_step()
    {
        var e = Assert.Throws<ProgramException>(() => Train(3, new Recorder(), learningRate: 1e38f));
        Assert.Matches(@"^The loss became .+ at step \d+ \(epoch 1, batch \d+\)", e.Message);
    }

    [Fact]
    public void An_interruption_ends_the_training_after_the_batch_in_hand()
    {
        using var interruption = new CancellationTokenSource();
        var observer = new Recorder { OnBatch = batch => { if (batch == 5) interruption.Cancel(); } };
        Assert.Throws<OperationCanceledException>(() => Train(3, observer, cancellation: interruption.Token));
        Assert.Equal(5, observer.Batches.Count);
    }

    private EpochResult[] Train(
        int epochs, ITrainingObserver observer, ulong seed = 1, float learningRate = 0.01f, CancellationToken cancellation = default)
    {
        using var trainer = new Trainer<SoftmaxModel>(SoftmaxModel.Create(seed), _images, threads: 1, seed, learningRate);
        return trainer.Run(epochs, observer, cancellation: cancellation);
    }

    private sealed class Recorder : ITrainingObserver
    {
        public List<BatchProgress> Batches { get; } = [];

        public List<EpochResult> Epochs { get; } = [];

        public Action<int> OnBatch { get; init; } = _ => { };

        public void BatchDone(in BatchProgress progress)
        {
            Batches.Add(progress);
            OnBatch(progress.Batch);
        }

        public void EpochDone(EpochResult result) => Epochs.Add(result);
    }

    /// <summary>Allocates after each batch.</summary>
    private sealed class Spender(bool declares) : ITrainingObserver
    {
        private byte[] _waste = [];

        public long AllocatedBytes { get; private set; }

        public void BatchDone(in BatchProgress progress)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            _waste = new byte[_waste.Length == 1000 ? 1001 : 1000];
            if (declares) AllocatedBytes += GC.GetAllocatedBytesForCurrentThread() - before;
        }

        public void EpochDone(EpochResult result)
        {
        }
    }
}
