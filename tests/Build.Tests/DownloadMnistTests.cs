using StaticCnn.Build.Tests.Support;
using StaticCnn.Mnist.Tests.Support;

namespace StaticCnn.Build.Tests;

[Collection(BuildCollection.Name)]
public sealed class DownloadMnistTests(Clone clone)
{
    private static readonly string[] Files =
        ["t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte", "train-images-idx3-ubyte", "train-labels-idx1-ubyte"];

    [RealDataTheory]
    [InlineData(Fault.None, false)]
    [InlineData(Fault.Truncated, true)]
    [InlineData(Fault.BytesFlipped, false)]
    [InlineData(Fault.Status500, true)]
    [InlineData(Fault.Hangs, false)]
    public async Task It_fills_the_cache_from_the_first_mirror_that_serves_the_real_files(Fault fault, bool byProperty)
    {
        using var cache = new TemporaryFolder();
        using var first = new MirrorServer(RealDataTheoryAttribute.Folder!, fault);
        using var second = new MirrorServer(RealDataTheoryAttribute.Folder!);
        // Short where it is waited for; otherwise no busy machine reaches it.
        var variables = new Dictionary<string, string> { ["STATICCNN_CACHE"] = cache.Path, ["STATICCNN_STALL_SECONDS"] = fault == Fault.Hangs ? "3" : "60" };
        string[] properties = byProperty ? [$"MnistMirrors={first.Address}%3B{second.Address}"] : [];
        if (!byProperty) variables["STATICCNN_MIRRORS"] = $"{first.Address};{second.Address}";

        var run = await clone.ProjectAsync(variables, "DownloadMnist", properties);

        run.AssertSucceeded();
        Assert.Contains($"Downloading {(fault == Fault.None ? first : second).Address}{Files[0]}.gz", run.Lines);
        Assert.Equal(Files, Directory.EnumerateFiles(cache["mnist"]).Select(Path.GetFileName).Order());
    }

    [Theory]
    [InlineData("http://127.0.0.1:9/a/")]
    [InlineData("http://127.0.0.1:9/a/%3Bhttp://127.0.0.1:9/b/")]
    public async Task Where_no_mirror_serves_them_the_one_error_names_each_and_the_cache_stays_empty(string mirrors)
    {
        using var cache = new TemporaryFolder();
        var run = await clone.ProjectAsync(
            new Dictionary<string, string> { ["STATICCNN_CACHE"] = cache.Path }, "DownloadMnist", $"MnistMirrors={mirrors}");
        string error = run.AssertFailed();
        Assert.StartsWith("mnist : error SCNN101: ", error);
        Assert.All(mirrors.Split("%3B"), mirror => Assert.Contains($"{mirror}: ", error));
        Assert.Empty(Directory.EnumerateFiles(cache.Path, "*", SearchOption.AllDirectories));
    }
}
