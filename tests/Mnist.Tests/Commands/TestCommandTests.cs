using StaticCnn.Mnist.Tests.Support;

namespace StaticCnn.Mnist.Tests.Commands;

public sealed class TestCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TestCommandTests() => SyntheticData.WriteTo(_folder["data"]);

    private string Weights => _folder["model.safetensors"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_repeats_the_test_that_ended_the_training()
    {
        var trained = await ProgramRun.OfAsync("train", "--data", _folder["data"], "--weights", Weights, "--epochs", "1", "--json");
        var tested = await ProgramRun.OfAsync("test", "--data", _folder["data"], "--weights", Weights, "--json");
        Assert.Equal(0, tested.ExitCode);
        Assert.Equal(trained.Json.GetProperty("test").GetRawText(), tested.Json.GetRawText());

        var text = await ProgramRun.OfAsync("test", "--data", _folder["data"], "--weights", Weights);
        Assert.Equal($"Testing {Weights} on mnist", text.Lines[0]);
        Assert.Matches(@"^Test: accuracy \d+\.\d\d % \(\d+/60\), loss \d+\.\d{4}$", text.Lines[1]);
        Assert.Matches(@"^Accuracy of digit 0: \d+\.\d\d % \(\d/6\)$", text.Lines[2]);
    }

    [Fact]
    public async Task Weights_that_are_missing_damaged_or_anothers_are_named()
    {
        string missing = (await TestAsync()).AssertFailed(Failure.Weights);
        Assert.Contains($"There is no weights file {Weights}", missing);

        File.WriteAllText(Weights, "not safetensors");
        Assert.Contains(Weights, (await TestAsync()).AssertFailed(Failure.Weights));

        new ParameterStore("Other", [new("fc1.weight", [10, 100], 100, 0, 10, 112), new("fc1.bias", [10], 100, 1120, 1, 16)]).Save(Weights);
        string other = (await TestAsync()).AssertFailed(Failure.Weights);
        Assert.Contains("fc1.weight", other);
        Assert.Contains("[10,100]", other);
        Assert.Contains("[10,784]", other);
    }

    private Task<ProgramRun> TestAsync() => ProgramRun.OfAsync("test", "--data", _folder["data"], "--weights", Weights);
}
