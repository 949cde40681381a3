using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using SkiaSharp;
using StaticCnn.Mnist.Tests.Support;

namespace StaticCnn.Mnist.Tests;

/// <summary>
/// The program ended by SIGKILL at random moments of a training that saves after every step, of a download and of drawing. No file is ever
/// half-written, and the next run ends as it should. Once each in the short suite, 100 times in the long one.
/// </summary>
public sealed class KillTests : IDisposable
{
    private static readonly string Mnist = Path.Combine(AppContext.BaseDirectory, "mnist.dll");

    private readonly TemporaryFolder _folder = new();
    private readonly Random _random = new(1);

    public KillTests() => SyntheticData.WriteTo(_folder["data"]);

    private string Weights => _folder["weights/model.safetensors"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_training_that_is_killed_again_and_again_ends_in_the_same_bits()
    {
        string[] train = ["train", "--data", _folder["data"], "--weights", Weights, "--epochs", "40", "--threads", "1"];
        string[] resume = [.. train, "--resume", "--checkpoint-every", "1"];
        await Victim.RunAsync(Mnist, _folder.Path, train);
        byte[] expected = File.ReadAllBytes(Weights);
        File.Delete(Weights);

        for (int killed = 0; killed < Suite.Count(1, 40);)
        {
            using var process = Victim.Start(Mnist, _folder.Path, resume);
            // Starting takes about 300 ms; the moments from then on are the interesting ones.
            bool isKilled = await process.KillAfterAsync(_random.Next(200, 1500));
            AssertWhole(_folder["weights"]);
            if (isKilled) killed++;
            else EndedWell();
        }

        await Victim.RunAsync(Mnist, _folder.Path, resume);
        EndedWell();
        Assert.DoesNotContain(Directory.GetFiles(_folder["weights"]), file => file.EndsWith(".checkpoint.safetensors", StringComparison.Ordinal));

        void EndedWell()
        {
            Assert.Equal(expected, File.ReadAllBytes(Weights));
            File.Delete(Weights);
        }
    }

    [Fact]
    public async Task A_download_that_is_killed_leaves_whole_files_and_the_next_one_brings_the_rest()
    {
        for (int killed = 0; killed < Suite.Count(1, 30);)
        {
            using var cache = new TemporaryFolder();
            using var server = new MirrorServer(Fault.Slow);
            string[] download = ["download", "--mirrors", server.Address.ToString()];
            using var process = Victim.Start(TestProgram.File, cache.Path, download);
            while (process.IsRunning && server.Requests.IsEmpty) await Task.Delay(1);
            if (await process.KillAfterAsync(_random.Next(0, 400))) killed++;

            foreach (string file in Directory.GetFiles(cache["mnist"]).Where(IsFinished)) Assert.Equal(SyntheticData.Contents[Path.GetFileName(file)], File.ReadAllBytes(file));
            await GoOnAsync(cache["mnist"], cache.Path, download);
            Assert.Equal(SyntheticData.Contents.Keys.Order(StringComparer.Ordinal), NamesIn(cache["mnist"]));
        }
    }

    [Fact]
    public async Task Drawing_that_is_killed_leaves_whole_files_and_the_next_run_draws_all()
    {
        await Victim.RunAsync(Mnist, _folder.Path, "train", "--data", _folder["data"], "--weights", Weights, "--epochs", "1");
        string[] options = ["--data", _folder["data"], "--weights", Weights, "--out"];
        // A report is one file, which is there within milliseconds of its folder.
        (string[] Command, int Milliseconds)[] drawings =
        [
            (["figures", .. options, _folder["out"]], 2500),
            (["report", .. options, _folder["out/report.html"]], 10),
        ];
        var expected = new List<string[]>();
        foreach (var (command, _) in drawings)
        {
            await Victim.RunAsync(Mnist, _folder.Path, command);
            expected.Add(NamesIn(_folder["out"]));
            Directory.Delete(_folder["out"], recursive: true);
        }

        for (int run = 0, killed = 0; killed < Suite.Count(1, 30); run++)
        {
            var (command, milliseconds) = drawings[run % drawings.Length];
            using (var process = Victim.Start(Mnist, _folder.Path, command))
            {
                // It loads and computes first; from the folder's first file on it writes.
                while (process.IsRunning && !Directory.Exists(_folder["out"])) await Task.Delay(1);
                if (await process.KillAfterAsync(_random.Next(0, milliseconds))) killed++;
            }
            AssertWhole(_folder["out"]);
            await GoOnAsync(_folder["out"], _folder.Path, command);
            AssertWhole(_folder["out"]);
            Assert.Equal(expected[run % drawings.Length], NamesIn(_folder["out"]));
            Directory.Delete(_folder["out"], recursive: true);
        }
    }

    /// <summary>The next run, an hour later: what the killed one left unfinished is in nobody's way and goes.</summary>
    private static async Task GoOnAsync(string folder, string cache, string[] command)
    {
        foreach (string file in Directory.GetFiles(folder).Where(file => !IsFinished(file))) File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddHours(-2));
        await Victim.RunAsync(command[0] == "download" ? TestProgram.File : Mnist, cache, command);
    }

    private static bool IsFinished(string file) => !file.EndsWith(".tmp", StringComparison.Ordinal);

    private static string[] NamesIn(string folder) => [.. Directory.GetFiles(folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    private static void AssertWhole(string folder)
    {
        foreach (string file in Directory.GetFiles(folder).Where(IsFinished)) AssertWholeFile(file);
    }

    private static void AssertWholeFile(string file)
    {
        switch (Path.GetExtension(file))
        {
            case ".json": JsonDocument.Parse(File.ReadAllBytes(file)).Dispose(); break;
            case ".svg": XDocument.Load(file); break;
            case ".html": Assert.EndsWith("</html>", File.ReadAllText(file).TrimEnd()); break;
            case ".png":
                using (var codec = SKCodec.Create(file)) Assert.Equal(SKCodecResult.Success, codec.GetPixels(out _));
                break;
            case ".safetensors" when file.EndsWith(".checkpoint.safetensors", StringComparison.Ordinal):
                using (var trainer = new SimpleCnn.Trainer(SimpleCnn.Create())) Assert.True(long.Parse(trainer.LoadState(file)["step"], CultureInfo.InvariantCulture) > 0);
                break;
            case ".safetensors": SimpleCnn.Load(file); break;
            default: Assert.Fail($"What is {file}?"); break;
        }
    }
}
