using StaticCnn.Figures.History;
using StaticCnn.Mnist.Data;
using StaticCnn.Mnist.Tests.Support;
using StaticCnn.Mnist.Training;

namespace StaticCnn.Mnist.Tests.Training;

/// <summary>A training that is cut off and resumed, at any step, ends in the bits of one that was not. Dropout included.</summary>
public sealed class CheckpointsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public CheckpointsTests() => SyntheticData.WriteTo(_folder["data"]);

    private string Weights => _folder["weights/model.safetensors"];

    public void Dispose() => _folder.Dispose();

    /// <summary>An epoch has 4 steps: within an epoch, at its end, at its beginning, and at the training's end.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 3)]
    [InlineData(1, 4)]
    [InlineData(3, 5)]
    [InlineData(4, 7)]
    [InlineData(5, 12)]
    [InlineData(7, 6)]
    public async Task A_resumed_training_ends_in_the_same_bits(int every, int stopAfter)
    {
        var whole = await TrainAsync();
        byte[] expected = File.ReadAllBytes(Weights);
        string history = HistoryWithoutTimes();
        File.Delete(Weights);
        File.Delete(TrainingHistory.FileOf(Weights));

        await StopAfterAsync(stopAfter, every);
        Assert.False(File.Exists(Weights));
        var second = await TrainAsync("--checkpoint-every", $"{every}", "--resume", "--threads", "3");
        Assert.Equal(0, second.ExitCode);
        Assert.Equal(stopAfter >= every, second.Error.Contains($", step {stopAfter - stopAfter % every}\n", StringComparison.Ordinal));
        Assert.Equal(expected, File.ReadAllBytes(Weights));
        Assert.Equal([TrainingHistory.FileOf(Weights), Weights], Directory.GetFiles(_folder["weights"]).Order(StringComparer.Ordinal));
        Assert.Equal(Epochs(whole), Epochs(second));
        Assert.Equal(history, HistoryWithoutTimes());
    }

    [Fact]
    public async Task Without_a_checkpoint_resuming_begins_at_the_beginning()
    {
        var run = await TrainAsync("--resume");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("There is no checkpoint ", run.Error);
        Assert.Equal(3, Epochs(run).Length);
    }

    [Fact]
    public async Task Another_training_leaves_the_checkpoint_alone()
    {
        await StopAfterAsync(3, every: 1);
        string checkpoint = Directory.GetFiles(_folder["weights"]).Single();
        byte[] before = File.ReadAllBytes(checkpoint);
        Assert.Contains("There is no checkpoint ", (await TrainAsync("--resume", "--checkpoint-every", "1", "--seed", "9")).Error);
        Assert.Equal(before, File.ReadAllBytes(checkpoint));
    }

    [Fact]
    public async Task A_damaged_checkpoint_is_an_error_that_says_what_to_do()
    {
        await StopAfterAsync(3, every: 1);
        string checkpoint = Directory.GetFiles(_folder["weights"]).Single();
        byte[] bytes = File.ReadAllBytes(checkpoint);
        File.WriteAllBytes(checkpoint, bytes[..^1]);
        string error = (await TrainAsync("--resume")).AssertFailed(Failure.Checkpoint);
        Assert.EndsWith("Delete it, or train without --resume.", error);

        // Weights are no checkpoint.
        File.WriteAllBytes(checkpoint, bytes);
        await TrainAsync("--seed", "2");
        File.Copy(Weights, checkpoint, overwrite: true);
        Assert.Contains("missing conv1.bias.exp_avg [", (await TrainAsync("--resume")).AssertFailed(Failure.Checkpoint));
    }

    [Fact]
    public async Task A_checkpoint_that_cannot_be_written_is_a_warning()
    {
        await StopAfterAsync(1, every: 1);
        string checkpoint = Directory.GetFiles(_folder["weights"]).Single();
        File.Delete(checkpoint);
        Directory.CreateDirectory(checkpoint);
        var run = await TrainAsync("--checkpoint-every", "1");
        Assert.Equal(0, run.ExitCode);
        Assert.Single(run.Error.Split('\n'), line => line.StartsWith("mnist: warning SCNN141: The checkpoint ", StringComparison.Ordinal));
        Assert.True(File.Exists(Weights));
    }

    [Fact]
    public async Task A_training_that_diverges_names_the_step_and_the_layer_and_leaves_the_old_weights()
    {
        Directory.CreateDirectory(_folder["weights"]);
        File.WriteAllText(Weights, "old");
        string error = (await TrainAsync("--learning-rate", "1e20")).AssertFailed(Failure.Diverged);
        Assert.Matches(
            @"The loss became .+ at step \d+ \(epoch 1, batch \d+\): the training diverged, and the output of (conv1|relu1|pool1|conv2|relu2|pool2|fc1|relu3|fc2) is no longer finite\. " +
            @"Try a --learning-rate below 1E\+20\.$", error);
        Assert.Equal("old", File.ReadAllText(Weights));
    }

    /// <summary>The recorded history, but for what two runs need not have in common.</summary>
    private string HistoryWithoutTimes()
    {
        var history = TrainingHistory.LoadFor(Weights);
        return (history with
        {
            Origin = history.Origin with { Started = default, Threads = 0 },
            Epochs = [.. history.Epochs.Select(epoch => epoch with { Seconds = 0 })],
        }).ToJson();
    }

    private static string[] Epochs(ProgramRun run) =>
        [.. run.Json.GetProperty("epochs").EnumerateArray().Select(epoch => $"{epoch.GetProperty("epoch")} {epoch.GetProperty("loss")} {epoch.GetProperty("accuracy")}")];

    /// <summary>Three epochs of SimpleCnn.</summary>
    private Task<ProgramRun> TrainAsync(params string[] options) => ProgramRun.OfAsync<SimpleCnn>(
        [], ["train", "--data", _folder["data"], "--weights", Weights, "--epochs", "3", "--json", .. options]);

    /// <summary>The same training, interrupted after so many steps.</summary>
    private async Task StopAfterAsync(int steps, int every)
    {
        var fingerprint = await ProgramRun.OfAsync<SimpleCnn>([], ["fingerprint", "--data", _folder["data"], "--epochs", "3"]);
        string hash = fingerprint.Out.TrimEnd();
        var data = DataSet<SimpleCnn>.Load(DataLocation.OfFolder(_folder["data"], SyntheticData.Files), threads: 1);
        using var interruption = new CancellationTokenSource();
        var model = SimpleCnn.Create();
        using var trainer = new Trainer<SimpleCnn>(model, data.Train, threads: 1, seed: 0, SimpleCnn.Recipe.LearningRate);
        var origin = new TrainingOrigin("SimpleCnn", "", "", 0, "", DateTimeOffset.UnixEpoch, 1, 512, 64, 0.001f, "");
        using var record = new TrainingRecord<SimpleCnn>(model, data, SimpleCnn.Recipe, origin, CancellationToken.None);
        var checkpoints = new Checkpoints(Checkpoints.PathFor(Weights, hash), every, hash, Assert.Fail) { Record = record };
        var observer = new ObserverPair(record, new Stopper(interruption, steps));
        Assert.Throws<OperationCanceledException>(() => trainer.Run(4, observer, checkpoints, cancellation: interruption.Token));
    }

    private sealed class Stopper(CancellationTokenSource interruption, int steps) : ITrainingObserver
    {
        private int _steps;

        public void BatchDone(in BatchProgress progress)
        {
            if (++_steps == steps) interruption.Cancel();
        }

        public void EpochDone(EpochResult result)
        {
        }
    }
}
