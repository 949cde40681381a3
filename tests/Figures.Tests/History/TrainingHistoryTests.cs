using System.Globalization;
using StaticCnn.Figures.History;

namespace StaticCnn.Figures.Tests.History;

public sealed class TrainingHistoryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("figures-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_is_written_is_read_again_in_any_culture()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            var history = Train();
            string path = Path.Combine(_folder, "model.history.json");
            history.Save(path);
            var read = TrainingHistory.Load(path);
            Assert.Equal(history.ToJson(), read.ToJson());
            Assert.Equal(history.BatchLosses.AsEnumerable(), read.BatchLosses);
            Assert.Equal(history.Origin, read.Origin);
            Assert.Equal(2, read.Epochs.Length);
            Assert.Equal(8, read.BatchesPerEpoch);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void Kernels_are_kept_from_before_the_first_step_to_after_the_last_and_denser_in_the_beginning()
    {
        var model = TestCnn.Create(seed: 2);
        var images = TestImages.Of(new TensorShape(1, 8, 8), 3, 800);
        var initial = new float[54];
        model.Parameters.Get(0, initial);
        var kernels = TestImages.Train(model, images, epochs: 3).Kernels!;
        var last = new float[54];
        model.Parameters.Get(0, last);

        Assert.Equal("conv1.weight", kernels.Parameter);
        Assert.Equal([6, 1, 3, 3], kernels.Shape.AsEnumerable());
        int[] steps = [.. kernels.Snapshots.Select(snapshot => snapshot.Step)];
        Assert.Equal((0, 300), (steps[0], steps[^1]));
        Assert.InRange(steps.Length, 40, 61);
        Assert.True(steps[10] - steps[0] < (steps[^1] - steps[^11]) / 4);
        Assert.Equal(initial, kernels.Snapshots[0].Values.AsEnumerable());
        Assert.Equal(last, kernels.Snapshots[^1].Values.AsEnumerable());
    }

    [Fact]
    public void Weights_are_counted_before_the_first_epoch_and_after_each()
    {
        var weights = Train().Weights;
        Assert.Equal(["conv1.weight", "fc1.weight", "fc2.weight"], weights.Select(weight => weight.Parameter));
        Assert.All(weights, weight => Assert.Equal(3, weight.Epochs.Length));
        Assert.All(weights[1].Epochs, histogram => Assert.Equal(96 * 12, histogram.Counts.Sum()));
        Assert.InRange(weights[1].Epochs[0].High, 0.09f, 0.103f); // Initial values lie within 1/sqrt(96).
    }

    [Fact]
    public void A_histogram_counts_every_value_once()
    {
        var histogram = Histogram.Of([-1, -0.9f, 0, 0.99f, 1], 4);
        Assert.Equal((-1f, 1f), (histogram.Low, histogram.High));
        Assert.Equal([2, 0, 1, 2], histogram.Counts.AsEnumerable());
        Assert.Equal(3, Histogram.Of([7, 7, 7], 4).Counts[0]);
    }

    [Fact]
    public void Recording_a_batch_allocates_nothing()
    {
        const int Batches = 500;
        var recorder = new HistoryRecorder<TestCnn>(TestCnn.Create(), epochs: 1, Batches);
        recorder.BatchDone(1, 3, 8);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int batch = 1; batch < Batches; batch++) recorder.BatchDone(1, 3, 8);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"format":2}""")]
    [InlineData("""{"format":1,"batches":{"loss":[1],"accuracy":["x"]}}""")]
    public void What_is_no_history_is_named(string text)
    {
        string path = Path.Combine(_folder, "model.history.json");
        File.WriteAllText(path, text);
        var e = Assert.Throws<FigureException>(() => TrainingHistory.Load(path));
        Assert.Equal(FigureProblem.History, e.Problem);
        Assert.StartsWith($"{path} is not a training history (", e.Message);
    }

    [Fact]
    public void A_history_of_other_weights_is_refused()
    {
        string weights = Path.Combine(_folder, "model.safetensors");
        TestCnn.Create().Save(weights);
        Assert.StartsWith("There is no training history ", Assert.Throws<FigureException>(() => TrainingHistory.LoadFor(weights)).Message);
        Train().Save(TrainingHistory.FileOf(weights));
        Assert.Contains("tells of other weights than", Assert.Throws<FigureException>(() => TrainingHistory.LoadFor(weights)).Message);
    }

    [Fact]
    public void A_record_of_another_training_cannot_be_continued()
    {
        var recorder = new HistoryRecorder<TestCnn>(TestCnn.Create(), epochs: 1, batchesPerEpoch: 2);
        Assert.Throws<FigureException>(() => recorder.Resume(Train()));
    }

    private static TrainingHistory Train() => TestImages.Train(TestCnn.Create(seed: 2), TestImages.Of(new TensorShape(1, 8, 8), 3, 64), epochs: 2);
}
