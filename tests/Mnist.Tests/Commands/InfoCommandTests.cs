using StaticCnn.Mnist.Tests.Support;

namespace StaticCnn.Mnist.Tests.Commands;

public class InfoCommandTests
{
    [Fact]
    public async Task It_shows_what_the_program_runs_on_and_the_network()
    {
        var run = await ProgramRun.OfAsync("info", "--threads", "3");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains(run.Lines, line => line.StartsWith("Runtime", StringComparison.Ordinal) && line.Contains(".NET 10."));
        Assert.Matches(@"Vector width +(128|256|512) bits", run.Out);
        Assert.Matches(@"Threads +3\n", run.Out);
        Assert.Contains("7,850 parameters", run.Out);
    }

    [Fact]
    public async Task Its_json_says_the_same()
    {
        using var hostile = new HostileCulture();
        var json = (await ProgramRun.OfAsync("info", "--json")).Json;
        Assert.Equal(ProgramVersion.Text, json.GetProperty("version").GetString());
        Assert.Equal(Environment.ProcessorCount, json.GetProperty("threads").GetInt32());
        var model = json.GetProperty("model");
        Assert.Equal(7850, model.GetProperty("parameters").GetInt32());
        Assert.Equal(["flatten1", "fc1"], model.GetProperty("layers").EnumerateArray().Select(layer => layer.GetProperty("name").GetString()));
    }
}
