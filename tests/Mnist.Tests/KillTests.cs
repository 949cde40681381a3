using System.Diagnostics;
using StaticCnn.Mnist.Tests.Support;

namespace StaticCnn.Mnist.Tests;

/// <summary>
/// The program ended by SIGKILL at random moments of a training that saves after every step. No file is ever half-written, and the
/// training ends in the same bits. Five times here, 100 times in the long suite (STATICCNN_LONG).
/// </summary>
public sealed class KillTests : IDisposable
{
    private static readonly int Kills = Environment.GetEnvironmentVariable("STATICCNN_LONG") is null ? 5 : 100;

    private readonly TemporaryFolder _folder = new();

    public KillTests() => SyntheticData.WriteTo(_folder["data"]);

    private string Weights => _folder["weights/model.safetensors"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_training_that_is_killed_again_and_again_ends_in_the_same_bits()
    {
        using (var whole = Start()) Assert.Equal(0, await EndAsync(whole));
        byte[] expected = File.ReadAllBytes(Weights);
        File.Delete(Weights);

        var random = new Random(1);
        int killed = 0, finished = 0;
        for (int run = 0; killed < Kills; run++)
        {
            Assert.InRange(run, 0, 20 * Kills);
            using var process = Start("--resume", "--checkpoint-every", "1");
            var end = EndAsync(process);
            // Starting takes about 300 ms; the moments from then on are the interesting ones.
            if (await Task.WhenAny(end, Task.Delay(random.Next(200, 1500))) != end)
            {
                process.Kill();
                killed++;
            }
            int code = await end;
            foreach (string file in Directory.GetFiles(_folder["weights"]).Where(file => !file.EndsWith(".tmp", StringComparison.Ordinal))) AssertWhole(file);
            if (code != 0) continue;
            Assert.Equal(expected, File.ReadAllBytes(Weights));
            File.Delete(Weights);
            finished++;
        }

        using (var last = Start("--resume", "--checkpoint-every", "1")) Assert.Equal(0, await EndAsync(last));
        Assert.Equal(expected, File.ReadAllBytes(Weights));
        Assert.DoesNotContain(Directory.GetFiles(_folder["weights"]), file => file.EndsWith(".checkpoint.safetensors", StringComparison.Ordinal));
    }

    private static void AssertWhole(string file)
    {
        if (file.EndsWith(".json", StringComparison.Ordinal))
        {
            System.Text.Json.JsonDocument.Parse(File.ReadAllBytes(file)).Dispose();
            return;
        }
        if (!file.EndsWith(".checkpoint.safetensors", StringComparison.Ordinal))
        {
            SimpleCnn.Load(file);
            return;
        }
        using var trainer = new SimpleCnn.Trainer(SimpleCnn.Create());
        Assert.True(long.Parse(trainer.LoadState(file)["step"], System.Globalization.CultureInfo.InvariantCulture) > 0);
    }

    private Process Start(params string[] options)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] args = [Path.Combine(AppContext.BaseDirectory, "mnist.dll"), "train", "--data", _folder["data"], "--weights", Weights, "--epochs", "40", "--threads", "1", .. options];
        foreach (string arg in args) start.ArgumentList.Add(arg);
        return Process.Start(start)!;
    }

    private static async Task<int> EndAsync(Process process)
    {
        var output = process.StandardOutput.ReadToEndAsync();
        await process.StandardError.ReadToEndAsync();
        await output;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
