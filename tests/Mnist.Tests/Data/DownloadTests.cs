using StaticCnn.Mnist.Tests.Support;

namespace StaticCnn.Mnist.Tests.Data;

public class DownloadTests
{
    [Fact]
    public async Task A_mirror_fills_the_cache_and_the_next_run_asks_nobody()
    {
        using var cache = new TemporaryFolder();
        using var server = new MirrorServer();
        var first = await DownloadAsync(cache, server.Address);
        Assert.Equal(0, first.ExitCode);
        Assert.Contains("Data: mnist in " + cache["mnist"], first.Out);
        AssertComplete(cache);
        Assert.Equal(4, server.Requests.Count);

        Assert.Equal(0, (await DownloadAsync(cache, server.Address)).ExitCode);
        Assert.Equal(4, server.Requests.Count);
    }

    [Theory]
    [InlineData(Fault.ConnectionCut, "")]
    [InlineData(Fault.ArchiveCut, "")]
    [InlineData(Fault.ArchiveBytesFlipped, "")]
    [InlineData(Fault.ContentBytesFlipped, "its SHA-256 is ")]
    [InlineData(Fault.ContentTooLong, "more than the")]
    [InlineData(Fault.NotAnArchive, "")]
    [InlineData(Fault.Status404, "HTTP status 404")]
    [InlineData(Fault.Status500, "HTTP status 500")]
    [InlineData(Fault.SilentBeforeHeaders, "it sent nothing for 2.5 s")]
    [InlineData(Fault.SilentHalfway, "it sent nothing for 2.5 s")]
    public async Task After_any_fault_the_next_mirror_is_tried(Fault fault, string reason)
    {
        using var cache = new TemporaryFolder();
        using var faulty = new MirrorServer(fault);
        using var good = new MirrorServer();
        SyntheticData.WriteTo(cache["mnist"]);
        File.Delete(cache["mnist/t10k-images-idx3-ubyte"]);
        bool silent = fault is Fault.SilentBeforeHeaders or Fault.SilentHalfway;
        var run = await DownloadAsync(cache, stallSeconds: silent ? "2.5" : "60", faulty.Address, good.Address);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains(reason, run.Out);
        AssertComplete(cache);
        Assert.Equal("/mnist/t10k-images-idx3-ubyte.gz", Assert.Single(faulty.Requests));
        Assert.Equal("/mnist/t10k-images-idx3-ubyte.gz", Assert.Single(good.Requests));
    }

    [Fact]
    public async Task When_all_mirrors_fail_the_error_names_each_with_its_reason_and_nothing_is_left()
    {
        using var cache = new TemporaryFolder();
        using var failing = new MirrorServer(Fault.Status500);
        using var flipping = new MirrorServer(Fault.ContentBytesFlipped);
        var nobody = MirrorServer.Nobody();
        var run = await DownloadAsync(cache, failing.Address, flipping.Address, nobody);

        Assert.Equal(1, run.ExitCode);
        string error = Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("mnist: error SCNN101: train-images-idx3-ubyte could not be downloaded", error);
        Assert.Contains($"{failing.Address}: HTTP status 500", error);
        Assert.Contains($"{flipping.Address}: its SHA-256 is ", error);
        Assert.Contains($"{nobody}: ", error);
        Assert.Contains("--data or STATICCNN_DATA", error);
        Assert.Empty(Directory.EnumerateFiles(cache.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_damaged_file_in_the_cache_is_fetched_again_and_only_that_one()
    {
        using var cache = new TemporaryFolder();
        using var server = new MirrorServer();
        SyntheticData.WriteTo(cache["mnist"]);
        byte[] damaged = File.ReadAllBytes(cache["mnist/t10k-labels-idx1-ubyte"]);
        damaged[^1] ^= 1;
        File.WriteAllBytes(cache["mnist/t10k-labels-idx1-ubyte"], damaged);

        var run = await DownloadAsync(cache, server.Address);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("is damaged", run.Out);
        Assert.Equal("/mnist/t10k-labels-idx1-ubyte.gz", Assert.Single(server.Requests));
        AssertComplete(cache);
    }

    [Fact]
    public async Task A_damaged_file_does_not_stay_when_it_cannot_be_replaced()
    {
        using var cache = new TemporaryFolder();
        SyntheticData.WriteTo(cache["mnist"]);
        File.WriteAllText(cache["mnist/t10k-labels-idx1-ubyte"], "damaged");
        Assert.Equal(1, (await DownloadAsync(cache, MirrorServer.Nobody())).ExitCode);
        Assert.False(File.Exists(cache["mnist/t10k-labels-idx1-ubyte"]));
        Assert.Equal(3, Directory.GetFiles(cache["mnist"]).Length);
    }

    [Fact]
    public async Task Several_downloads_into_one_cache_do_not_disturb_each_other()
    {
        using var cache = new TemporaryFolder();
        using var server = new MirrorServer();
        var runs = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => DownloadAsync(cache, server.Address))));
        Assert.All(runs, run => Assert.Equal(0, run.ExitCode));
        AssertComplete(cache);
    }

    [Fact]
    public async Task An_interrupted_download_leaves_nothing()
    {
        using var cache = new TemporaryFolder();
        using var server = new MirrorServer(Fault.SilentHalfway);
        using var interruption = new CancellationTokenSource();
        var variables = new Dictionary<string, string> { ["STATICCNN_CACHE"] = cache.Path };
        var running = ProgramRun.OfAsync(variables, ["download", "--mirrors", server.Address.ToString()], interruption.Token);
        while (server.Requests.IsEmpty) await Task.Delay(5);
        interruption.Cancel();
        var run = await running;
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("mnist: error SCNN105: interrupted", run.Error);
        Assert.Empty(Directory.EnumerateFiles(cache.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task What_a_killed_process_left_is_removed_and_what_another_writes_stays()
    {
        using var cache = new TemporaryFolder();
        using var server = new MirrorServer();
        Directory.CreateDirectory(cache["mnist"]);
        File.WriteAllText(cache["mnist/.old.tmp"], "");
        File.SetLastWriteTimeUtc(cache["mnist/.old.tmp"], DateTime.UtcNow.AddHours(-2));
        File.WriteAllText(cache["mnist/.recent.tmp"], "");
        File.WriteAllText(cache["mnist/.tomorrow.tmp"], ""); // The clock was put back since.
        File.SetLastWriteTimeUtc(cache["mnist/.tomorrow.tmp"], DateTime.UtcNow.AddDays(1));
        Assert.Equal(0, (await DownloadAsync(cache, server.Address)).ExitCode);
        Assert.False(File.Exists(cache["mnist/.old.tmp"]));
        Assert.True(File.Exists(cache["mnist/.recent.tmp"]));
        Assert.True(File.Exists(cache["mnist/.tomorrow.tmp"]));
    }

    [Fact]
    public async Task A_cache_folder_that_cannot_be_written_to_is_the_error_not_the_mirrors()
    {
        using var cache = new TemporaryFolder();
        using var server = new MirrorServer();
        File.WriteAllText(cache["mnist"], "a file where the folder should be");
        var run = await DownloadAsync(cache, server.Address);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"The cache folder {cache["mnist"]} cannot be written to", run.Error);
    }

    [Fact]
    public async Task The_mirrors_come_from_the_environment_when_the_option_names_none()
    {
        using var cache = new TemporaryFolder();
        using var server = new MirrorServer();
        var variables = new Dictionary<string, string>
        {
            ["STATICCNN_CACHE"] = cache.Path,
            ["STATICCNN_MIRRORS"] = $"{MirrorServer.Nobody()};{server.Address}",
        };
        Assert.Equal(0, (await ProgramRun.OfAsync(variables, ["download"])).ExitCode);
        AssertComplete(cache);
    }

    [Fact]
    public async Task A_fingerprint_is_alone_on_standard_output_even_when_it_has_to_download()
    {
        using var cache = new TemporaryFolder();
        using var server = new MirrorServer();
        var run = await ProgramRun.OfAsync(
            new() { ["STATICCNN_CACHE"] = cache.Path }, ["fingerprint", "--mirrors", server.Address.ToString()]);
        Assert.Matches("^[0-9a-f]{64}\n$", run.Out);
        Assert.Contains("Downloading", run.Error);
    }

    [Fact]
    public async Task With_json_standard_output_holds_one_object_and_the_progress_goes_to_standard_error()
    {
        using var cache = new TemporaryFolder();
        using var server = new MirrorServer();
        var run = await ProgramRun.OfAsync(
            new() { ["STATICCNN_CACHE"] = cache.Path }, ["download", "--json", "--mirrors", server.Address.ToString()]);
        Assert.Equal("mnist", run.Json.GetProperty("dataset").GetString());
        Assert.Equal(cache["mnist"], run.Json.GetProperty("folder").GetString());
        Assert.Contains($"Downloading {server.Address}t10k-images-idx3-ubyte.gz", run.Error);
    }

    private static Task<ProgramRun> DownloadAsync(TemporaryFolder cache, params Uri[] mirrors) =>
        DownloadAsync(cache, stallSeconds: "60", mirrors);

    private static Task<ProgramRun> DownloadAsync(TemporaryFolder cache, string stallSeconds, params Uri[] mirrors) => ProgramRun.OfAsync(
        new() { ["STATICCNN_CACHE"] = cache.Path, ["STATICCNN_STALL_SECONDS"] = stallSeconds },
        ["download", "--mirrors", string.Join(';', mirrors.AsEnumerable())]);

    /// <summary>That the cache holds the four files, right to the byte, and nothing else.</summary>
    private static void AssertComplete(TemporaryFolder cache)
    {
        Assert.Equal(
            SyntheticData.Contents.Keys.Order(), Directory.EnumerateFiles(cache["mnist"]).Select(Path.GetFileName).Order());
        Assert.All(SyntheticData.Contents, file => Assert.Equal(file.Value, File.ReadAllBytes(cache[$"mnist/{file.Key}"])));
    }
}
