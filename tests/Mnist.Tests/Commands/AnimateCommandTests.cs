using System.Text;
using StaticCnn.Mnist.Tests.Support;

namespace StaticCnn.Mnist.Tests.Commands;

public sealed class AnimateCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public AnimateCommandTests()
    {
        SyntheticData.WriteTo(_folder["data"]);
        Directory.CreateDirectory(_folder["weights"]);
        SimpleCnn.Create(seed: 1).Save(Weights);
    }

    private string Weights => _folder["weights/SimpleCnn.safetensors"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_writes_an_animation_and_a_still()
    {
        var run = await RunAsync("--out", _folder["out/kernel.webp"], "--still", _folder["out/kernel.png"], "--channel", "3", "--digit", "4", "--scale", "0.5", "--json");
        Assert.Equal(0, run.ExitCode);
        Assert.True(run.Json.GetProperty("frames").GetInt32() > 100);
        Assert.StartsWith("RIFF", Encoding.ASCII.GetString(File.ReadAllBytes(_folder["out/kernel.webp"])));
        Assert.StartsWith("?PNG", Encoding.ASCII.GetString(File.ReadAllBytes(_folder["out/kernel.png"])));
        Assert.Equal(new FileInfo(_folder["out/kernel.webp"]).Length, run.Json.GetProperty("bytes").GetInt32());
        Assert.Contains("digit 4", run.Json.GetProperty("alternative").GetString());
    }

    [Theory]
    [InlineData("conv1", ".webp")]
    [LongInlineData("conv2", ".webp")]
    [LongInlineData("conv2", ".apng")]
    public async Task A_file_has_at_most_five_megabytes(string layer, string extension)
    {
        var run = await RunAsync("--out", _folder["kernel" + extension], "--layer", layer);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Drawn: 100 of ", run.Out);
        Assert.InRange(new FileInfo(_folder["kernel" + extension]).Length, 50_000, 5_000_000);
    }

    [Theory]
    [InlineData(2, (int)Failure.Layer, "There is no layer 'conv3'. The layers are conv1, relu1, ", "--layer", "conv3")]
    [InlineData(2, (int)Failure.Layer, "pool1 has no kernels: it is a MaxPool2d, not a Conv2d.", "--layer", "pool1")]
    [InlineData(2, (int)Failure.Channel, "The channels of conv1 go from 0 to 15; there is no channel 16.", "--channel", "16")]
    [InlineData(1, (int)Failure.Digit, "shows digit 12; its digits are 0, 1, 2, 3, 4, 5, 6, 7, 8, 9.", "--digit", "12")]
    [InlineData(2, (int)Failure.Usage, "--channel expects a number from 0 on, not '-1'.", "--channel", "-1")]
    [InlineData(2, (int)Failure.Usage, "--scale expects a number from 0.25 to 4, not '9'.", "--scale", "9")]
    public async Task A_wrong_argument_is_one_line(int exitCode, int failure, string expected, params string[] options)
    {
        string line = (await RunAsync(["--out", _folder["kernel.webp"], .. options])).AssertFailed((Failure)failure, exitCode);
        Assert.Contains(expected, line);
        Assert.False(File.Exists(_folder["kernel.webp"]));
    }

    [Fact]
    public async Task A_training_is_shown_from_its_history()
    {
        Assert.Contains("There is no training history ", (await RunAsync("--training", "--out", _folder["training.webp"])).AssertFailed(Failure.History));
        Assert.Equal(0, (await ProgramRun.OfAsync<SimpleCnn>([], ["train", "--epochs", "2", "--data", _folder["data"], "--weights", Weights])).ExitCode);
        var run = await RunAsync("--training", "--out", _folder["training.webp"], "--json");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("conv1.weight take shape over 8 steps", run.Json.GetProperty("alternative").GetString());
        Assert.InRange(run.Json.GetProperty("bytes").GetInt32(), 50_000, 5_000_000);
    }

    [Fact]
    public async Task A_file_of_another_kind_is_one_line() =>
        Assert.Contains("in .webp, .png or .apng, not ", (await RunAsync("--out", _folder["kernel.gif"])).AssertFailed(Failure.Usage, 2));

    [Fact]
    public async Task A_still_is_a_PNG_and_its_name_must_say_so()
    {
        string line = (await RunAsync("--out", _folder["kernel.webp"], "--still", _folder["s.webp"])).AssertFailed(Failure.Usage, 2);
        Assert.Contains("--still expects a file whose name ends in .png, not ", line);
        Assert.False(File.Exists(_folder["s.webp"]));
    }

    [Theory]
    [InlineData("--layer", "conv1")]
    [InlineData("--channel", "0")]
    [InlineData("--digit", "3")]
    [InlineData("--data", "procedural")]
    public async Task What_a_training_does_not_show_is_refused(string option, string value) => Assert.Contains(
        $"{option} has no effect with --training.",
        (await ProgramRun.OfAsync<SimpleCnn>([], ["animate", "--training", "--out", _folder["t.webp"], option, value])).AssertFailed(Failure.Usage, 2));

    [Fact]
    public async Task A_folder_that_cannot_be_written_to_is_one_line()
    {
        File.WriteAllText(_folder["out"], "a file where the folder should be");
        string line = (await RunAsync("--out", _folder["out/kernel.webp"])).AssertFailed(Failure.File);
        Assert.Contains("Nothing can be written to the folder ", line);
    }

    private Task<ProgramRun> RunAsync(params string[] options) => ProgramRun.OfAsync<SimpleCnn>(
        [], ["animate", .. options.Contains("--training") ? [] : new[] { "--data", _folder["data"] }, "--weights", Weights, .. options]);
}
