using System.Diagnostics;
using System.Text.Json.Nodes;

namespace StaticCnn.Bench;

/// <summary>Starts a program, waits for its end and gives back what it printed.</summary>
internal sealed record Runner(string Name, string File, string[] Prefix, IReadOnlyDictionary<string, string> Variables)
{
    /// <returns>The JSON object on standard output with <c>processSeconds</c> added, or null and the reason when it failed.</returns>
    public (JsonObject? Result, string Failure) Measure(params string[] arguments)
    {
        var (code, text, error, seconds) = Start(arguments);
        if (code != 0) return (null, LastLine(error));
        var result = text.TrimStart().StartsWith('{') ? JsonNode.Parse(text)!.AsObject() : [];
        result["processSeconds"] = seconds;
        return (result, "");
    }

    private (int Code, string Output, string Error, double Seconds) Start(string[] arguments)
    {
        var start = new ProcessStartInfo(File, [.. Prefix, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in Variables) start.Environment[name] = value;
        long clock = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result, Stopwatch.GetElapsedTime(clock).TotalSeconds);
    }

    private static string LastLine(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries) is [.., var line]
        ? line : "it failed without a word";
}
