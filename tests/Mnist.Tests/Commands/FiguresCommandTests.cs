using StaticCnn.Figures.History;
using StaticCnn.Mnist.Tests.Support;

namespace StaticCnn.Mnist.Tests.Commands;

public sealed class FiguresCommandTests : IDisposable
{
    private static readonly string[] AllNames =
    [
        "architecture", "confusion", "data-flow", "digits", "features", "kernels", "mistakes", "predictions", "samples", "training", "weights",
    ];

    private readonly TemporaryFolder _folder = new();

    public FiguresCommandTests() => SyntheticData.WriteTo(_folder["data"]);

    private string Weights => _folder["weights/SimpleCnn.safetensors"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_draws_every_figure_as_png_and_svg()
    {
        await TrainAsync();
        var run = await DrawAsync("--json");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(AllNames.SelectMany(name => new[] { $"{name}.png", $"{name}.svg" }), Files());
        Assert.Equal(AllNames, run.Json.GetProperty("figures").EnumerateArray().Select(figure => figure.GetProperty("name").GetString()).Order(StringComparer.Ordinal));
        Assert.All(run.Json.GetProperty("figures").EnumerateArray(), figure =>
        {
            Assert.True(File.Exists(figure.GetProperty("png").GetString()));
            Assert.True(File.Exists(figure.GetProperty("svg").GetString()));
        });
    }

    [Fact]
    public async Task One_figure_can_be_asked_for_in_dark_colours_and_of_another_layer()
    {
        await TrainAsync();
        Assert.Equal(0, (await DrawAsync("--only", "features", "--theme", "dark")).ExitCode);
        byte[] conv1 = File.ReadAllBytes(_folder["out/features-dark.png"]);
        Assert.Equal(0, (await DrawAsync("--only", "features", "--theme", "dark", "--layer", "pool2", "--digit", "3")).ExitCode);
        Assert.NotEqual(conv1, File.ReadAllBytes(_folder["out/features-dark.png"]));
        Assert.Equal(["features-dark.png", "features-dark.svg"], Files());
    }

    [Fact]
    public async Task Without_a_history_it_draws_the_others_and_says_so()
    {
        await TrainAsync();
        File.Delete(TrainingHistory.FileOf(Weights));
        var run = await DrawAsync();
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Without the figures of a training: There is no training history ", run.Out);
        Assert.Equal(2 * (AllNames.Length - 2), Files().Length);
        Assert.Contains("There is no training history ", (await DrawAsync("--only", "training")).AssertFailed(Failure.History));
    }

    [Theory]
    [InlineData(2, (int)Failure.Figure, "There is no figure 'kernel'. The figures are samples, ", "--only", "kernel")]
    [InlineData(2, (int)Failure.Layer, "There is no layer 'conv3'. The layers are conv1, relu1, ", "--layer", "conv3")]
    [InlineData(2, (int)Failure.Layer, "pool1 has no kernels: it is a MaxPool2d, not a Conv2d.", "--only", "kernels", "--layer", "pool1")]
    [InlineData(1, (int)Failure.Digit, "shows digit 12; its digits are 0, 1, 2, 3, 4, 5, 6, 7, 8, 9.", "--only", "data-flow", "--digit", "12")]
    [InlineData(2, (int)Failure.Usage, "--theme expects light or dark, not 'sepia'.", "--theme", "sepia")]
    [InlineData(2, (int)Failure.Usage, "--theme expects light or dark, not 'drak'. Did you mean 'dark'?", "--theme", "drak")]
    [InlineData(2, (int)Failure.Usage, "--layer has no effect with --only samples, but with kernels and features.", "--only", "samples", "--layer", "conv1")]
    [InlineData(2, (int)Failure.Usage, "--digit has no effect with --only kernels, but with features and data-flow.", "--only", "kernels", "--digit", "3")]
    [InlineData(2, (int)Failure.Usage, "--all has no effect with --only weights, but with digits.", "--only", "weights", "--all")]
    [InlineData(2, (int)Failure.Usage, "--digit expects a digit, not 'x'.", "--digit", "x")]
    public async Task A_wrong_argument_is_one_line(int exitCode, int failure, string expected, params string[] options)
    {
        await TrainAsync();
        string line = (await DrawAsync(options)).AssertFailed((Failure)failure, exitCode);
        Assert.Contains(expected, line);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_to_is_one_line()
    {
        await TrainAsync();
        File.WriteAllText(_folder["out"], "a file where the folder should be");
        string line = (await DrawAsync("--only", "kernels")).AssertFailed(Failure.File);
        Assert.Contains($"Nothing can be written to the folder {_folder["out"]} (", line);
        Assert.EndsWith("Name another one with --out.", line);
    }

    [Fact]
    public async Task Without_weights_it_says_how_to_get_them() =>
        Assert.Contains("Write one with 'mnist train'", (await DrawAsync()).AssertFailed(Failure.Weights));

    private string[] Files() => [.. Directory.GetFiles(_folder["out"]).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    private async Task TrainAsync() => Assert.Equal(0, (await ProgramRun.OfAsync<SimpleCnn>(
        [], ["train", "--data", _folder["data"], "--weights", Weights, "--epochs", "1"])).ExitCode);

    private Task<ProgramRun> DrawAsync(params string[] options) => ProgramRun.OfAsync<SimpleCnn>(
        [], ["figures", "--data", _folder["data"], "--weights", Weights, "--out", _folder["out"], .. options]);
}
