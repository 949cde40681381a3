using System.Diagnostics;
using StaticCnn.Build.Tests.Support;
using StaticCnn.Mnist.Tests.Support;

namespace StaticCnn.Build.Tests;

[Collection(BuildCollection.Name)]
public sealed class InterruptionTests(Clone clone)
{
    [Fact]
    public async Task Ctrl_C_ends_the_trainer_too_and_the_weights_stay()
    {
        if (!OperatingSystem.IsLinux()) return; // The processes are found in /proc.
        using var folder = new TemporaryFolder();
        string weights = folder["SimpleCnn.safetensors"];
        File.WriteAllText(weights, "old");
        string stamp = folder["SimpleCnn.stamp"];
        File.WriteAllText(stamp, "of\nearlier\n0\n");
        using var build = clone.StartProject(
            [], "TrainMnist", $"MnistDataDir={Clone.Data}", $"MnistWeights={weights}", "MnistEpochs=1000000");
        var ending = BuildRun.EndOfAsync(build);
        while (!ending.IsCompleted && !IsTraining(weights)) await Task.Delay(20);
        Assert.False(ending.IsCompleted);

        // Only to the build, as Visual Studio's stop button and a CI server do it; a terminal would send it to the trainer as well.
        Process.Start("kill", ["-INT", $"{build.Id}"]).WaitForExit();
        if (await Task.WhenAny(ending, Task.Delay(TimeSpan.FromMinutes(1))) != ending)
        {
            build.Kill(entireProcessTree: true);
            Assert.Fail("The build did not end a minute after Ctrl+C. Where these tests run in a shell's background, it ignores the signal: run them in the foreground.");
        }
        var run = await ending;
        Assert.NotEqual(0, run.ExitCode);
        Assert.False(IsTraining(weights));
        Assert.Equal("old", File.ReadAllText(weights));
        Assert.Equal([weights, stamp], Directory.GetFiles(folder.Path).Order(StringComparer.Ordinal));
    }

    /// <summary>Whether a process trains these weights.</summary>
    private static bool IsTraining(string weights)
    {
        foreach (string process in Directory.EnumerateDirectories("/proc"))
        {
            try
            {
                string[] args = File.ReadAllText(Path.Combine(process, "cmdline")).Split('\0');
                if (args.Contains("train") && args.Contains(weights)) return true;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Not a process, or it has just ended.
            }
        }
        return false;
    }
}
