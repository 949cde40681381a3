using System.Diagnostics;

namespace StaticCnn.Digit.Tests.Support;

/// <summary>A run of a program.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it wrote to standard output.</param>
/// <param name="Error">What it wrote to standard error.</param>
internal sealed record ProcessRun(int ExitCode, string Output, string Error)
{
    /// <summary>The lines of its output.</summary>
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The lines of its errors.</summary>
    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Runs a program to its end; nothing is typed. One that has not ended after ten minutes hangs.</summary>
    public static ProcessRun Of(string program, params string[] args) => Of(program, [], null, args);

    /// <inheritdoc cref="Of(string, string[])"/>
    /// <param name="program">The program.</param>
    /// <param name="variables">Environment variables; null removes one.</param>
    /// <param name="input">Its standard input, empty unless given.</param>
    /// <param name="args">Its arguments.</param>
    public static ProcessRun Of(string program, Dictionary<string, string?> variables, byte[]? input, params string[] args)
    {
        var start = new ProcessStartInfo(program, args) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in variables) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        try
        {
            process.StandardInput.BaseStream.Write(input ?? []);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading all of it.
        }
        if (!process.WaitForExit(TimeSpan.FromMinutes(10)))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} {string.Join(' ', args)} does not end.");
        }
        return new ProcessRun(process.ExitCode, output.Result, error.Result);
    }
}
