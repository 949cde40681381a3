using System.Diagnostics;

namespace StaticCnn.Mnist.Tests.Support;

/// <summary>A run of the program in a process that is killed, unless it ends before.</summary>
internal sealed class Victim : IDisposable
{
    private const int KilledCode = 128 + 9;

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    private Victim(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _error = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Starts a program.</summary>
    /// <param name="program">Its assembly.</param>
    /// <param name="cache">The cache for data, where it downloads.</param>
    /// <param name="args">Its arguments.</param>
    public static Victim Start(string program, string cache, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [program, .. args]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["STATICCNN_CACHE"] = cache;
        start.Environment.Remove("STATICCNN_DATA");
        return new Victim(Process.Start(start)!);
    }

    /// <summary>Runs a program to its end, which must be a good one.</summary>
    public static async Task RunAsync(string program, string cache, params string[] args)
    {
        using var process = Start(program, cache, args);
        int code = await process.EndAsync();
        Assert.True(code == 0, await process._output + await process._error);
    }

    /// <summary>Whether it is still there.</summary>
    public bool IsRunning => !_process.HasExited;

    /// <summary>Its exit code.</summary>
    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync();
        await Task.WhenAll(_output, _error);
        return _process.ExitCode;
    }

    /// <summary>SIGKILL after some time.</summary>
    /// <returns>Whether it was killed: it may have ended by itself, and then well.</returns>
    public async Task<bool> KillAfterAsync(int milliseconds)
    {
        await Task.WhenAny(_process.WaitForExitAsync(), Task.Delay(milliseconds));
        _process.Kill();
        int code = await EndAsync();
        Assert.True(code is 0 or KilledCode, $"exit code {code}: {await _output}{await _error}");
        return code == KilledCode;
    }

    public void Dispose() => _process.Dispose();
}
