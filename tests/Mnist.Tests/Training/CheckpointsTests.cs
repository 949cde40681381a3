using StaticCnn.Figures;
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
        var other = await TrainAsync("--resume", "--checkpoint-every", "1", "--seed", "9");
        Assert.Contains("There is no checkpoint ", other.Error);
        Assert.Contains($"Checkpoints of other trainings: {Path.GetFileName(checkpoint)}. ", other.Error);
        Assert.Equal(before, File.ReadAllBytes(checkpoint));
        Assert.DoesNotContain("of other trainings", (await TrainAsync("--resume")).Error);
    }

    /// <summary>The header is as it was; what is behind it, or what it says of the progress, is not.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Flipped_bits_are_an_error(bool inMetadata)
    {
        await StopAfterAsync(3, every: 1);
        string checkpoint = Directory.GetFiles(_folder["weights"]).Single();
        byte[] bytes = File.ReadAllBytes(checkpoint);
        if (inMetadata) bytes[bytes.AsSpan().IndexOf("LossSum\\u0022:"u8) + "LossSum\\u0022:".Length] ^= 1; // One digit becomes another.
        else for (int i = 0; i < 4; i++) bytes[^(1000 + i)] ^= 0x40;
        File.WriteAllBytes(checkpoint, bytes);
        Assert.Contains("it is damaged: its checksum is ", (await TrainAsync("--resume")).AssertFailed(Failure.Checkpoint));
    }

    /// <summary>Sound files, but of no use: the trainer and the record stay as they were.</summary>
    [Theory]
    [InlineData("fingerprint", "another", "it is another training's")]
    [InlineData("progress", "null", "its progress is null")]
    [InlineData("progress", """{"Epoch":0,"Epochs":[]}""", "its progress does not fit together")]
    [InlineData("progress", """{"Epoch":2,"Epochs":[null]}""", "its progress does not fit together")]
    [InlineData("progress", """{"Epochs":null}""", "Epochs")]
    [InlineData("record", "null", "the record is another's")]
    public async Task What_cannot_be_used_changes_nothing(string key, string value, string expected)
    {
        await StopAfterAsync(3, every: 1);
        string checkpoint = Directory.GetFiles(_folder["weights"]).Single();
        Rewrite<SimpleCnn>(checkpoint, VectorWidth.Bits, metadata => metadata[key] = value);

        var model = SimpleCnn.Create(seed: 5);
        using var trainer = new SimpleCnn.Trainer(model);
        string before = model.Parameters.ContentHash();
        var checkpoints = new Checkpoints(checkpoint, 1, await FingerprintAsync(), new NoRecord(), (_, problem) => Assert.Fail(problem));
        var error = Assert.Throws<ProgramException>(() => checkpoints.Load(trainer, TextWriter.Null));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Equal((before, 0L), (model.Parameters.ContentHash(), trainer.StepCount));
    }

    [Fact]
    public async Task Other_vectors_are_a_warning()
    {
        await StopAfterAsync(3, every: 1);
        string checkpoint = Directory.GetFiles(_folder["weights"]).Single();
        Rewrite<SimpleCnn>(checkpoint, 128, _ => { });
        var run = await TrainAsync("--resume");
        Assert.Equal(0, run.ExitCode);
        string expected = $"mnist: warning SCNN143: The checkpoint {checkpoint} was computed with 128-bit vectors, and this process uses {VectorWidth.Bits}: ";
        Assert.Equal(VectorWidth.Bits != 128, run.Error.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_damaged_checkpoint_is_an_error_that_says_what_to_do()
    {
        await StopAfterAsync(3, every: 1);
        string checkpoint = Directory.GetFiles(_folder["weights"]).Single();
        byte[] bytes = File.ReadAllBytes(checkpoint);
        File.WriteAllBytes(checkpoint, bytes[..^1]);
        string error = (await TrainAsync("--resume")).AssertFailed(Failure.Checkpoint);
        Assert.EndsWith("Delete it, and the training begins at its beginning.", error);

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
            @"Try a learning rate below 1E\+20 \(\[Training\(LearningRate = \.\.\.\)\], or --learning-rate of 'mnist train'\)\.$", error);
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

    /// <summary>That training's fingerprint.</summary>
    private async Task<string> FingerprintAsync() =>
        (await ProgramRun.OfAsync<SimpleCnn>([], ["fingerprint", "--data", _folder["data"], "--epochs", "3"])).Out.TrimEnd();

    /// <summary>Writes a checkpoint again, as a trainer of some vector width does, with other metadata.</summary>
    private static void Rewrite<TModel>(string checkpoint, int bits, Action<Dictionary<string, string>> change) where TModel : class, ICnnModel<TModel>
    {
        string[] writers = ["format", "model", "step", "checksum", ICnnTrainer.VectorBitsKey];
        using var trainer = TModel.CreateTrainer(TModel.CreateWith(TModel.KernelsAt(bits)), threads: 1, seed: 0);
        var metadata = trainer.LoadState(checkpoint).Where(entry => !writers.Contains(entry.Key)).ToDictionary();
        change(metadata);
        trainer.SaveState(checkpoint, metadata);
    }

    /// <summary>The same training, interrupted after so many steps.</summary>
    private async Task StopAfterAsync(int steps, int every)
    {
        string hash = await FingerprintAsync();
        var data = DataSet<SimpleCnn>.Load(DataLocation.OfFolder(_folder["data"], SyntheticData.Files), threads: 1);
        using var interruption = new CancellationTokenSource();
        var model = SimpleCnn.Create();
        using var trainer = new Trainer<SimpleCnn>(model, data.Train, threads: 1, seed: 0, SimpleCnn.Recipe.LearningRate);
        var origin = new TrainingOrigin("SimpleCnn", "", "", 0, "", DateTimeOffset.UnixEpoch, 1, 512, 64, 0.001f, "");
        using var record = new TrainingRecord<SimpleCnn>(model, data, SimpleCnn.Recipe, origin, CancellationToken.None);
        var checkpoints = new Checkpoints(Checkpoints.PathFor(Weights, hash), every, hash, record, (_, problem) => Assert.Fail(problem));
        var observer = new ObserverPair(record, new Stopper(interruption, steps));
        Assert.Throws<OperationCanceledException>(() => trainer.Run(4, observer, checkpoints, cancellation: interruption.Token));
    }

    private sealed class NoRecord : ICheckpointPart
    {
        public string Save() => "";

        public void Restore(string saved)
        {
            if (saved == "null") throw new FigureException(FigureProblem.History, "the record is another's");
        }
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
