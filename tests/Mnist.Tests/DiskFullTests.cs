using System.Diagnostics;
using StaticCnn.Mnist.Tests.Support;

namespace StaticCnn.Mnist.Tests;

/// <summary>The program on a small file system that becomes full: one line says so, and what was there before stays.</summary>
public sealed class DiskFullTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public DiskFullTests()
    {
        SyntheticData.WriteTo(_folder["data"]);
        Directory.CreateDirectory(_folder["disk"]);
        SimpleCnn.Create(seed: 9).Save(_folder["old.safetensors"]);
    }

    public void Dispose() => _folder.Dispose();

    [NamespaceFact]
    public async Task Weights_that_do_not_fit_leave_the_old_ones()
    {
        // Room for one file of weights, not for a second one beside it.
        var (code, lines) = await OnDiskAsync("1200k", "train", "--data", _folder["data"], "--epochs", "1", "--weights", _folder["disk/w.safetensors"]);
        Assert.Equal(1, code);
        Assert.Contains(lines, line => line.StartsWith("mnist: error SCNN", StringComparison.Ordinal) && line.Contains("space", StringComparison.OrdinalIgnoreCase));
        AssertNothingElse(lines);
    }

    [NamespaceFact]
    public async Task Checkpoints_that_do_not_fit_are_a_warning_and_the_training_goes_on()
    {
        var (code, lines) = await OnDiskAsync(
            "2400k", "train", "--data", _folder["data"], "--epochs", "1", "--checkpoint-every", "1", "--weights", _folder["disk/w.safetensors"]);
        Assert.Equal(0, code);
        Assert.Contains(lines, line => line.StartsWith("mnist: warning SCNN", StringComparison.Ordinal) && line.Contains("space", StringComparison.OrdinalIgnoreCase));
        Assert.Contains("disk: w.history.json w.safetensors", lines);
    }

    [NamespaceFact]
    public async Task A_figure_that_does_not_fit_is_not_there()
    {
        var (code, lines) = await OnDiskAsync("900k", "figures", "--data", _folder["data"], "--weights", _folder["disk/w.safetensors"], "--out", _folder["disk"]);
        Assert.Equal(1, code);
        Assert.Contains(lines, line => line.StartsWith("mnist: error SCNN", StringComparison.Ordinal) && line.Contains("space", StringComparison.OrdinalIgnoreCase));
        AssertNothingElse(lines);
    }

    /// <summary>The old weights are the same, and no temporary file is left.</summary>
    private static void AssertNothingElse(string[] lines)
    {
        Assert.Contains("old weights: same", lines);
        Assert.Contains("disk: w.safetensors", lines);
        Assert.DoesNotContain(lines, line => line.Contains("   at ", StringComparison.Ordinal));
    }

    private async Task<(int Code, string[] Lines)> OnDiskAsync(string size, params string[] args)
    {
        const string Script =
            """
            mount -t tmpfs -o size=$1 none $2/disk && cp $2/old.safetensors $2/disk/w.safetensors || exit 9
            folder=$2; shift 2
            dotnet "$@" 2>&1; code=$?
            cmp -s $folder/old.safetensors $folder/disk/w.safetensors && echo "old weights: same"
            echo disk: $(ls -A $folder/disk)
            exit $code
            """;
        string[] command = ["-rm", "sh", "-c", Script, "sh", size, _folder.Path, Path.Combine(AppContext.BaseDirectory, "mnist.dll"), .. args];
        using var process = Process.Start(new ProcessStartInfo("unshare", command) { RedirectStandardOutput = true })!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output.Split('\n'));
    }
}
