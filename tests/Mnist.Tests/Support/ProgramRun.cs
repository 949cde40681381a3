using System.Text.Json;
using StaticCnn.Mnist.Commands;

namespace StaticCnn.Mnist.Tests.Support;

/// <summary>One run of the program in this process, with the softmax classifier as its network and the synthetic data as MNIST.</summary>
internal sealed record ProgramRun(int ExitCode, string Out, string Error)
{
    /// <summary>The JSON object on standard output; fails if anything else is there.</summary>
    public JsonElement Json => JsonDocument.Parse(Out).RootElement;

    /// <summary>The lines of standard output, without padding.</summary>
    public string[] Lines => [.. Out.Split('\n').Select(line => line.Trim())];

    public static Task<ProgramRun> OfAsync(params string[] args) => OfAsync([], args);

    public static Task<ProgramRun> OfAsync(
        Dictionary<string, string> variables, string[] args, CancellationToken cancellation = default) =>
        OfAsync<SoftmaxModel>(variables, args, cancellation);

    /// <summary>The same with another network, where a test needs a generated one.</summary>
    public static async Task<ProgramRun> OfAsync<TModel>(
        Dictionary<string, string> variables, string[] args, CancellationToken cancellation = default)
        where TModel : class, ICnnModel<TModel>
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var host = new Host(output, error, variables.GetValueOrDefault, SyntheticData.Files, IsTerminal: false);
        int exitCode = await CommandLine<TModel>.RunAsync(args, host, cancellation);
        return new ProgramRun(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>That the run failed with one clear line.</summary>
    public string AssertFailed(Failure failure, int exitCode = 1)
    {
        Assert.Equal(exitCode, ExitCode);
        Assert.Empty(Out);
        string line = Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1];
        Assert.StartsWith($"mnist: error SCNN{(int)failure}: ", line);
        Assert.DoesNotContain("   at ", Error);
        return line;
    }
}
