using System.Text;
using System.Text.Json;
using StaticCnn.Mnist.Tests.Support;

namespace StaticCnn.Mnist.Tests.Commands;

public sealed class ProceduralFallbackTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Weights => _folder["model.safetensors"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Without_data_and_network_train_warns_once_trains_on_procedural_digits_and_records_that()
    {
        Uri one = MirrorServer.Nobody(), two = MirrorServer.Nobody();
        var run = await RunAsync($"{one};{two}", "train", "--epochs", "1", "--json");
        Assert.Equal(0, run.ExitCode);
        string warning = Assert.Single(run.Error.Split('\n'), line => line.StartsWith("mnist: ", StringComparison.Ordinal));
        Assert.StartsWith("mnist: warning SCNN107: MNIST could not be downloaded (", warning);
        Assert.Contains($"{one}: ", warning);
        Assert.Contains($"{two}: ", warning);
        Assert.Contains("procedural digits", warning);
        Assert.Contains("--data or STATICCNN_DATA", warning);
        Assert.Equal(2, run.Error.Split("Downloading ").Length - 1); // The first file on each mirror, and no other.
        Assert.Contains("Training on procedural (60,000 images, 10,000 to test)", run.Error);

        Assert.Equal("procedural", run.Json.GetProperty("dataset").GetString());
        Assert.Equal(10_000, run.Json.GetProperty("test").GetProperty("total").GetInt32());
        byte[] file = File.ReadAllBytes(Weights);
        var header = JsonDocument.Parse(Encoding.UTF8.GetString(file, 8, (int)BitConverter.ToUInt64(file))).RootElement;
        Assert.Equal("procedural", header.GetProperty("__metadata__").GetProperty("dataset").GetString());

        var test = await RunAsync(one, "test", "--json");
        Assert.Equal(0, test.ExitCode);
        Assert.Contains("mnist: warning SCNN107: ", test.Error);
        Assert.Equal(run.Json.GetProperty("test").GetRawText(), test.Json.GetRawText());
    }

    [Fact]
    public async Task It_trains_again_when_the_network_is_back_and_not_when_it_is_gone_again()
    {
        bool UpToDate(ProgramRun run) => run.ExitCode == 0 && run.Out.EndsWith($"up to date: {Weights}\n", StringComparison.Ordinal);
        Task<ProgramRun> TrainAsync(Uri mirror) => RunAsync(mirror, "train", "--epochs", "1", "--if-changed", _folder["stamp"]);
        using var server = new MirrorServer();
        var nobody = MirrorServer.Nobody();

        Assert.Contains("Training on procedural", (await TrainAsync(nobody)).Out);
        Assert.True(UpToDate(await TrainAsync(nobody)));
        Assert.Contains("Training on mnist", (await TrainAsync(server.Address)).Out);

        Directory.Delete(_folder["cache"], recursive: true);
        var offline = await TrainAsync(nobody);
        Assert.True(UpToDate(offline));
        Assert.Empty(offline.Error); // Nothing was replaced by something lesser, so there is nothing to warn of.
    }

    [Theory]
    [InlineData("train")]
    [InlineData("fingerprint")]
    public async Task Where_a_download_is_required_it_is_the_error(string command)
    {
        var nobody = MirrorServer.Nobody();
        var run = await RunAsync(nobody, command, "--require-download");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("mnist: error SCNN101: train-images-idx3-ubyte could not be downloaded", run.Error);
        Assert.DoesNotContain("SCNN107", run.Error);
        Assert.False(File.Exists(Weights));
    }

    [Fact]
    public async Task Named_data_that_is_missing_is_still_an_error() =>
        (await ProgramRun.OfAsync("train", "--data", _folder["nowhere"], "--weights", Weights)).AssertFailed(Failure.Data);

    [Fact]
    public async Task Procedural_digits_can_be_named()
    {
        var option = await ProgramRun.OfAsync("train", "--data", "procedural:600", "--weights", Weights, "--epochs", "1", "--json");
        Assert.Equal("procedural:600", option.Json.GetProperty("dataset").GetString());
        Assert.Equal(100, option.Json.GetProperty("test").GetProperty("total").GetInt32());
        Assert.DoesNotContain("SCNN", option.Error);

        var variables = new Dictionary<string, string> { ["STATICCNN_DATA"] = "procedural:600" };
        var test = await ProgramRun.OfAsync(variables, ["test", "--weights", Weights]);
        Assert.Equal($"Testing {Weights} on procedural:600", test.Lines[0]);
        Assert.Equal("Data: procedural:600, drawn when needed; nothing to download", (await ProgramRun.OfAsync(variables, ["download"])).Lines[0]);
        var bench = await ProgramRun.OfAsync(variables, ["bench", "--images", "64", "--json"]);
        Assert.Equal("procedural digits", bench.Json.GetProperty("data").GetString());
    }

    private Task<ProgramRun> RunAsync(Uri mirror, params string[] args) => RunAsync(mirror.ToString(), args);

    private Task<ProgramRun> RunAsync(string mirrors, params string[] args) => ProgramRun.OfAsync(
        new() { ["STATICCNN_CACHE"] = _folder["cache"], ["STATICCNN_MIRRORS"] = mirrors }, [.. args, "--weights", Weights]);
}
