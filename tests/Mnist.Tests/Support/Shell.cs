using System.Diagnostics;

namespace StaticCnn.Mnist.Tests.Support;

/// <summary>A run of the real program as a shell's user starts it.</summary>
internal sealed record Shell(int ExitCode, string Out, string Error)
{
    /// <summary>More than any of these runs takes on a busy machine: what is still there after it hangs.</summary>
    private static readonly TimeSpan HangsAfter = TimeSpan.FromMinutes(2);

    /// <summary>The program as the shell calls it.</summary>
    public static string Mnist => $"dotnet {Path.Combine(AppContext.BaseDirectory, "mnist.dll")}";

    /// <summary>Runs a line of a shell, with a terminal's name, and no data or cache of the user's.</summary>
    /// <param name="line">The line.</param>
    /// <param name="signals">Signals to send, one behind the other, as soon as the program listens to them.</param>
    public static async Task<Shell> RunAsync(string line, params string[] signals)
    {
        var start = new ProcessStartInfo("sh", ["-c", line]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["TERM"] = "xterm-256color";
        foreach (string name in (string[])["CI", "STATICCNN_DATA", "NO_COLOR"]) start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var patience = new CancellationTokenSource(HangsAfter);
        try
        {
            if (signals.Length > 0) await SendAsync(process, signals, patience.Token);
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"'{line}' hangs");
        }
        return new Shell(process.ExitCode, await output, await error);
    }

    /// <summary>The runtime has a thread for signals from when somebody listens to them.</summary>
    private static async Task SendAsync(Process process, string[] signals, CancellationToken cancellation)
    {
        while (!process.HasExited && !Listens(process.Id)) await Task.Delay(20, cancellation);
        await Task.Delay(500, cancellation); // The command is at its work.
        string kills = string.Join(';', signals.Select(signal => $"kill -{signal} {process.Id}"));
        using var kill = Process.Start("sh", ["-c", kills]);
        await kill.WaitForExitAsync(cancellation);
    }

    private static bool Listens(int process)
    {
        try
        {
            return Directory.GetDirectories($"/proc/{process}/task").Any(task => File.ReadAllText($"{task}/comm").StartsWith(".NET SigHandler", StringComparison.Ordinal));
        }
        catch (IOException)
        {
            return false; // A thread that has just ended.
        }
    }
}
