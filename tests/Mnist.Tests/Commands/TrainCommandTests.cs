using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using StaticCnn.Figures.History;
using StaticCnn.Mnist.Tests.Support;

namespace StaticCnn.Mnist.Tests.Commands;

public sealed class TrainCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TrainCommandTests() => SyntheticData.WriteTo(_folder["data"], compressed: true);

    private string Weights => _folder["weights/model.safetensors"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_explains_the_network_trains_tests_and_writes_the_weights()
    {
        var run = await TrainAsync("--epochs", "3", "--seed", "1");
        Assert.Equal(0, run.ExitCode);
        Assert.Empty(run.Error);
        Assert.Contains("SoftmaxModel: input [1,28,28], 10 classes, 7,850 parameters", run.Lines);
        Assert.Contains(run.Lines, line => Cells(line) is ["fc1", "Linear", "[10]", "7,850", "7,840"]);
        Assert.Contains(run.Lines, line => Cells(line) is ["fc1.weight", "[10,784]", "7,840", "784", "+-0.0357"]);
        Assert.Contains("Data flow: Input [1,28,28] -> flatten1 [784] -> fc1 [10]", run.Lines);
        Assert.Contains(run.Lines, line => line.StartsWith("Training on mnist (250 images, 60 to test) with seed 1, threads ", StringComparison.Ordinal));
        foreach (int epoch in new[] { 1, 2, 3 })
            Assert.Single(run.Lines, line => System.Text.RegularExpressions.Regex.IsMatch(line, $@"^Epoch {epoch}/3: loss \d+\.\d{{4}}, accuracy \d+\.\d\d %, \d+\.\d s$"));
        Assert.Contains("Accuracy of digit 0: 100.00 % (6/6)", run.Lines);
        Assert.Contains("Accuracy of digit 9: 100.00 % (6/6)", run.Lines);
        Assert.Contains($"Weights: {Weights} (SHA-256 {HashOf(Weights)})", run.Lines);
        Assert.Contains($"History: {TrainingHistory.FileOf(Weights)}", run.Lines);
        Assert.Equal([TrainingHistory.FileOf(Weights), Weights], Directory.GetFiles(_folder["weights"]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task It_records_the_training_beside_the_weights()
    {
        using var hostile = new HostileCulture();
        var before = DateTimeOffset.UtcNow;
        var run = await TrainAsync("--epochs", "2", "--seed", "5", "--json");
        var history = TrainingHistory.LoadFor(Weights);
        Assert.Equal(("SoftmaxModel", "mnist", 5UL, ProgramVersion.Text), (history.Origin.Model, history.Origin.Dataset, history.Origin.Seed, history.Origin.Version));
        Assert.Equal(HashOf(Weights), history.Origin.WeightsSha256);
        Assert.InRange(history.Origin.Started, before, DateTimeOffset.UtcNow);
        Assert.Equal(2 * 16, history.BatchLosses.Length); // 250 images in batches of 16, the last of 10.
        Assert.Equal(2 * 16, history.BatchAccuracies.Length);
        Assert.Equal(
            run.Json.GetProperty("epochs").EnumerateArray().Select(epoch => epoch.GetProperty("loss").GetDouble()),
            history.Epochs.Select(epoch => epoch.TrainLoss));
        Assert.Equal(run.Json.GetProperty("test").GetProperty("accuracy").GetDouble(), history.Epochs[^1].TestAccuracy);
        Assert.NotEqual(history.Epochs[0].TestLoss, history.Epochs[1].TestLoss);
        Assert.Null(history.Kernels); // A linear classifier has none.
        Assert.Equal(3, Assert.Single(history.Weights).Epochs.Length);
    }

    [Fact]
    public async Task It_draws_the_figures_where_they_are_asked_for_and_again_when_they_are_of_other_weights()
    {
        Task<ProgramRun> Train(params string[] options) => TrainAsync(["--if-changed", _folder["stamp"], "--artifacts", _folder["artifacts"], .. options]);
        string index = _folder["artifacts/index.json"], training = _folder["artifacts/figures/training.png"];
        var run = await Train("--epochs", "1");
        Assert.Contains($"Figures: 9 in {_folder["artifacts/figures"]}, light and dark, each as PNG and SVG", run.Lines);
        Assert.Contains($"Report: {_folder["artifacts/report.html"]}", run.Lines);
        Assert.True(File.Exists(_folder["artifacts/report.html"]));
        Assert.Contains(HashOf(Weights), File.ReadAllText(index));
        byte[] first = File.ReadAllBytes(training);
        Assert.Equal(9 * 4, Directory.GetFiles(_folder["artifacts/figures"]).Length);

        Assert.Equal($"up to date: {Weights}\n", (await Train("--epochs", "1")).Out);
        await Train("--epochs", "2");
        Assert.NotEqual(first, File.ReadAllBytes(training));

        File.Delete(index);
        File.Delete(training);
        Assert.Contains("Figures: 9 in ", (await Train("--epochs", "2")).Out);
        Assert.True(File.Exists(training));
    }

    [Fact]
    public async Task Its_json_has_the_documented_members_in_order()
    {
        using var hostile = new HostileCulture();
        var run = await TrainAsync("--epochs", "2", "--seed", "5", "--threads", "3", "--json");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            "model dataset parameters seed threads vectorBits epochs test allocatedBytesPerBatch weights weightsSha256", Names(run.Json));
        Assert.Equal("SoftmaxModel", run.Json.GetProperty("model").GetString());
        Assert.Equal("mnist", run.Json.GetProperty("dataset").GetString());
        Assert.Equal(7850, run.Json.GetProperty("parameters").GetInt32());
        Assert.Equal(5, run.Json.GetProperty("seed").GetInt32());
        Assert.Equal(3, run.Json.GetProperty("threads").GetInt32());
        Assert.Contains(run.Json.GetProperty("vectorBits").GetInt32(), new[] { 128, 256, 512 });
        Assert.True(run.Json.GetProperty("allocatedBytesPerBatch").GetDouble() >= 0);
        Assert.Equal(Weights, run.Json.GetProperty("weights").GetString());
        Assert.Equal(HashOf(Weights), run.Json.GetProperty("weightsSha256").GetString());
        var epochs = run.Json.GetProperty("epochs").EnumerateArray().ToArray();
        Assert.Equal([1, 2], epochs.Select(epoch => epoch.GetProperty("epoch").GetInt32()));
        Assert.All(epochs, epoch => Assert.Equal("epoch loss accuracy seconds", Names(epoch)));
        var test = run.Json.GetProperty("test");
        Assert.Equal("accuracy loss correct total perClass", Names(test));
        Assert.Equal(60, test.GetProperty("total").GetInt32());
        var perClass = test.GetProperty("perClass").EnumerateArray().ToArray();
        Assert.Equal(Enumerable.Range(0, 10), perClass.Select(one => one.GetProperty("label").GetInt32()));
        Assert.Equal(60, perClass.Sum(one => one.GetProperty("total").GetInt32()));
        Assert.Contains("Epoch 2/2: loss ", run.Error);
    }

    [RealDataFact]
    public async Task It_learns_the_real_digits()
    {
        var run = await ProgramRun.OfAsync(
            "train", "--data", RealDataFactAttribute.Folder!, "--weights", Weights, "--epochs", "1", "--learning-rate", "0.001", "--json");
        var test = run.Json.GetProperty("test");
        Assert.Equal(10_000, test.GetProperty("total").GetInt32());
        Assert.InRange(test.GetProperty("accuracy").GetDouble(), 0.90, 0.94); // What a linear classifier reaches.
        Assert.Equal(980, test.GetProperty("perClass")[0].GetProperty("total").GetInt32());
        Assert.Contains("Epoch 1, Batch 3600, Loss: 0.", run.Error);
    }

    [Fact]
    public async Task The_weights_file_says_what_it_was_trained_on()
    {
        await TrainAsync("--seed", "18446744073709551615", "--epochs", "1");
        byte[] file = File.ReadAllBytes(Weights);
        var header = JsonDocument.Parse(Encoding.UTF8.GetString(file, 8, (int)BitConverter.ToUInt64(file))).RootElement;
        var metadata = header.GetProperty("__metadata__");
        Assert.Equal("mnist", metadata.GetProperty("dataset").GetString());
        Assert.Equal("18446744073709551615", metadata.GetProperty("seed").GetString());
        Assert.Equal("1", metadata.GetProperty("epochs").GetString());
        Assert.Matches(@"^[01]\.\d{4}$", metadata.GetProperty("test_accuracy").GetString());
        Assert.Equal(ProgramVersion.Text, metadata.GetProperty("version").GetString());
    }

    [Fact]
    public async Task Options_fix_the_weights_and_the_recipe_matters()
    {
        string first = (await TrainAsync("--json", "--seed", "1")).Json.GetProperty("weightsSha256").GetString()!;
        Assert.Equal(first, (await TrainAsync("--json", "--seed", "1", "--threads", "4")).Json.GetProperty("weightsSha256").GetString());
        Assert.NotEqual(first, (await TrainAsync("--json", "--seed", "2")).Json.GetProperty("weightsSha256").GetString());
        Assert.NotEqual(first, (await TrainAsync("--json", "--seed", "1", "--learning-rate", "0.02")).Json.GetProperty("weightsSha256").GetString());
    }

    [Fact]
    public async Task Below_the_required_accuracy_it_fails_and_the_old_weights_stay()
    {
        Directory.CreateDirectory(_folder["weights"]);
        File.WriteAllText(Weights, "old");
        var run = await TrainAsync("--epochs", "1", "--learning-rate", "1e-9", "--min-accuracy", "0.999");
        Assert.Equal(1, run.ExitCode);
        Assert.Matches(@"^mnist: error SCNN103: The test accuracy 0\.\d{4} is below the required 0\.9990; ", run.Error);
        Assert.Equal("old", File.ReadAllText(Weights));
        Assert.Equal(0, (await TrainAsync("--epochs", "3", "--min-accuracy", "0.9")).ExitCode);
    }

    [Fact]
    public async Task With_a_stamp_it_trains_only_when_something_changed()
    {
        Task<ProgramRun> IfChanged(params string[] more) => TrainAsync(["--if-changed", _folder["obj/stamp"], .. more]);
        bool UpToDate(ProgramRun run) => run.ExitCode == 0 && run.Out == $"up to date: {Weights}\n";

        Assert.False(UpToDate(await IfChanged()));
        Assert.True(UpToDate(await IfChanged()));
        Assert.True(UpToDate(await IfChanged("--threads", "4")));
        Assert.False(UpToDate(await IfChanged("--seed", "3")));
        Assert.True(UpToDate(await IfChanged("--seed", "3")));
        Assert.True(UpToDate(await IfChanged("--seed", "3", "--min-accuracy", "0.5")));

        // What the clock says of the files does not matter: it may have been put back.
        string[] files = [Weights, _folder["obj/stamp"], .. Directory.GetFiles(_folder["data"])];
        for (int i = 0; i < files.Length; i++) File.SetLastWriteTimeUtc(files[i], DateTime.UtcNow.AddYears(i % 3 - 1));
        Assert.True(UpToDate(await IfChanged("--seed", "3")));

        File.AppendAllText(Weights, "damage");
        Assert.False(UpToDate(await IfChanged("--seed", "3")));
        File.Delete(Weights);
        Assert.False(UpToDate(await IfChanged("--seed", "3")));
        Assert.True(File.Exists(Weights));

        // Other test images of one label: other data.
        byte[] labels = SyntheticData.Contents["t10k-labels-idx1-ubyte"].ToArray();
        labels[^1] = 0;
        File.WriteAllBytes(_folder["data/t10k-labels-idx1-ubyte.gz"], SyntheticData.Compress(labels));
        Assert.False(UpToDate(await IfChanged("--seed", "3")));
    }

    [Fact]
    public async Task The_stamp_holds_what_the_fingerprint_command_prints()
    {
        await TrainAsync("--if-changed", _folder["stamp"], "--epochs", "1", "--seed", "4");
        var run = await ProgramRun.OfAsync("fingerprint", "--data", _folder["data"], "--epochs", "1", "--seed", "4");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(File.ReadLines(_folder["stamp"]).First(), run.Out.TrimEnd());
    }

    [Fact]
    public async Task An_interrupted_training_leaves_the_old_weights()
    {
        Directory.CreateDirectory(_folder["weights"]);
        File.WriteAllText(Weights, "old");
        using var interruption = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        var run = await ProgramRun.OfAsync(
            [], ["train", "--data", _folder["data"], "--weights", Weights, "--epochs", "1000000"], interruption.Token);
        Assert.Equal(1, run.ExitCode);
        Assert.Equal("mnist: error SCNN105: interrupted; every file is as it was before, or whole.\n", run.Error);
        Assert.Equal("old", File.ReadAllText(Weights));
        Assert.Equal([Weights], Directory.GetFiles(_folder["weights"]));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_to_is_found_before_training()
    {
        File.WriteAllText(_folder["weights"], "a file where the folder should be");
        string error = (await TrainAsync()).AssertFailed(Failure.Weights);
        Assert.Contains($"The weights cannot be written to {Weights}", error);
    }

    [Theory]
    [InlineData("model.safetensors", (int)Failure.Weights)]
    [InlineData("model.history.json", (int)Failure.File)]
    [InlineData("model.stamp", (int)Failure.File)]
    public async Task A_folder_in_the_place_of_a_result_is_found_before_training(string result, int failure)
    {
        Directory.CreateDirectory(_folder["weights/" + result]);
        var run = await TrainAsync("--if-changed", _folder["weights/model.stamp"]);
        Assert.Contains($"cannot be written to {_folder["weights/" + result]} (it is a folder). ", run.AssertFailed((Failure)failure));
        Assert.DoesNotContain("Epoch", run.Out);
    }

    [Fact]
    public async Task Weights_that_it_did_not_train_are_not_replaced_where_a_stamp_is_kept()
    {
        string stamp = _folder["weights/model.stamp"];
        Task<ProgramRun> IfChanged(params string[] more) => TrainAsync(["--epochs", "1", "--if-changed", stamp, .. more]);
        await TrainAsync("--epochs", "1", "--seed", "1");
        byte[] own = File.ReadAllBytes(Weights);
        Assert.StartsWith(
            $"mnist: error SCNN108: {Weights} was not trained here: the stamp {stamp} is missing. A training would replace it. ",
            (await IfChanged()).AssertFailed(Failure.OtherWeights));
        File.Delete(Weights);
        Assert.Equal(0, (await IfChanged("--seed", "2")).ExitCode);
        Assert.Equal(0, (await IfChanged("--seed", "3")).ExitCode); // Its own it does replace.
        File.WriteAllBytes(Weights, own);
        Assert.Contains("describes other weights", (await IfChanged("--seed", "3")).AssertFailed(Failure.OtherWeights));
        Assert.Equal(own, File.ReadAllBytes(Weights));
    }

    [Fact]
    public async Task A_digit_that_no_test_image_shows_has_no_accuracy()
    {
        File.WriteAllBytes(_folder["data/t10k-labels-idx1-ubyte.gz"], SyntheticData.Compress(
            [.. SyntheticData.Contents["t10k-labels-idx1-ubyte"].Select((value, i) => i >= 8 && value == 3 ? (byte)4 : value)]));
        Assert.Contains("Accuracy of digit 3: no images", (await TrainAsync("--epochs", "1")).Lines);
    }

    private Task<ProgramRun> TrainAsync(params string[] options) =>
        ProgramRun.OfAsync(["train", "--data", _folder["data"], "--weights", Weights, .. options]);

    private static string HashOf(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));

    private static string Names(JsonElement json) => string.Join(' ', json.EnumerateObject().Select(member => member.Name));

    private static string[] Cells(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
