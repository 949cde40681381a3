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

    [Fact]
    public async Task The_cost_report_has_a_line_for_each_layer_and_each_step()
    {
        var run = await ProgramRun.OfAsync<SimpleCnn>([], ["info", "--cost", "--seconds", "0"]);
        Assert.Equal(0, run.ExitCode);
        Assert.Matches(@"\nconv2 +12,832 +25,088 +2,508,800 +(direct|F\(\dx\d, 5x5\)) +\d+\.\d\d +\d+\.\d\d", run.Out);
        Assert.Matches(@"\nrelu1 +0 +50,176 +0 +fused", run.Out);
        Assert.Contains(run.Lines, line => line.StartsWith("conv2WeightGradient", StringComparison.Ordinal));
        Assert.Contains("FMA peak", run.Out);
    }

    [Fact]
    public async Task The_cost_report_as_json_accounts_for_all_work()
    {
        using var hostile = new HostileCulture();
        var cost = (await ProgramRun.OfAsync<SimpleCnn>([], ["info", "--cost", "--seconds", "0", "--json"])).Json.GetProperty("cost");
        Assert.True(cost.GetProperty("fmaPeakGflopsPerCore").GetDouble() > 0);
        var layers = cost.GetProperty("layers").EnumerateArray().ToList();
        Assert.Equal([.. SimpleCnn.Layers.ToArray().Select(layer => layer.Name), ""], layers.Select(layer => layer.GetProperty("name").GetString()!));
        var conv2 = layers.Single(layer => layer.GetProperty("name").GetString() == "conv2");
        Assert.True(conv2.GetProperty("forwardUs").GetDouble() > 0);
        Assert.True(conv2.GetProperty("backwardUs").GetDouble() > 0);
        Assert.True(conv2.GetProperty("oneImageGflops").GetDouble() > 0);

        // Forward pass, weight gradients and input gradients, but for those of the images; nothing twice, nothing lost.
        var steps = cost.GetProperty("steps").EnumerateArray().ToLookup(
            step => step.GetProperty("pass").GetString() == "image", step => step.GetProperty("multiplyAdds").GetInt64());
        long forward = SimpleCnn.Layers.ToArray().Sum(layer => layer.MultiplyAdds);
        Assert.Equal(forward, steps[true].Sum());
        Assert.Equal((3 * forward) - SimpleCnn.Layers[0].MultiplyAdds, steps[false].Sum());
    }

    [Fact]
    public async Task A_duration_without_the_measurement_is_refused() =>
        Assert.Contains("--seconds has no effect without --cost.", (await ProgramRun.OfAsync("info", "--seconds", "3")).AssertFailed(Failure.Usage, exitCode: 2));

    [Fact]
    public async Task A_duration_that_is_none_is_wrong_usage() =>
        (await ProgramRun.OfAsync("info", "--cost", "--seconds", "-1")).AssertFailed(Failure.Usage, exitCode: 2);
}
