using System.Diagnostics;

namespace StaticCnn.Build.Tests.Support;

/// <summary>A run of the <c>dotnet</c> command line.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Lines">What it wrote, without padding.</param>
internal sealed record BuildRun(int ExitCode, string[] Lines)
{
    /// <summary>That the build succeeded; what it wrote says why where it did not.</summary>
    public void AssertSucceeded() => Assert.True(ExitCode == 0, string.Join('\n', Lines));

    /// <summary>That the build failed with one error, which is returned.</summary>
    public string AssertFailed()
    {
        Assert.Equal(1, ExitCode);
        Assert.Contains("1 Error(s)", Lines);
        return Assert.Single(Lines.Where(line => line.Contains(": error ", StringComparison.Ordinal)).Distinct()); // The summary repeats it.
    }

    /// <summary>Starts <c>dotnet</c> in an environment without traces of the test run around it, without data and without a network.</summary>
    /// <param name="folder">The folder it runs in.</param>
    /// <param name="cache">The folder for downloads.</param>
    /// <param name="variables">Further environment variables.</param>
    /// <param name="args">Its arguments.</param>
    public static Process Start(string folder, string cache, Dictionary<string, string> variables, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", args)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string name in Environment.GetEnvironmentVariables().Keys.Cast<string>())
        {
            if (name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name.StartsWith("STATICCNN_", StringComparison.Ordinal))
                start.Environment.Remove(name);
        }
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["STATICCNN_CACHE"] = cache;
        start.Environment["STATICCNN_MIRRORS"] = "http://127.0.0.1:9/";
        foreach (var (name, value) in variables) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Waits for the end.</summary>
    public static async Task<BuildRun> EndOfAsync(Process process)
    {
        var error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync() + await error;
        await process.WaitForExitAsync();
        return new BuildRun(process.ExitCode, [.. output.Split('\n').Select(line => line.Trim())]);
    }
}
