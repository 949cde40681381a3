using StaticCnn.Mnist.Measuring;
using StaticCnn.Mnist.Tests.Support;

namespace StaticCnn.Mnist.Tests.Commands;

public sealed class BenchCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_measures_random_pixels_where_there_is_no_data()
    {
        using var hostile = new HostileCulture();
        var run = await ProgramRun.OfAsync(NoData, ["bench", "--images", "100", "--threads", "2", "--json"]);
        Assert.Equal(0, run.ExitCode);
        var json = run.Json;
        Assert.Equal(BenchmarkImages.Random, json.GetProperty("data").GetString());
        Assert.Equal(VectorWidth.Bits, json.GetProperty("vectorBits").GetInt32());
        Assert.Equal(2, json.GetProperty("threads").GetInt32());
        Assert.True(json.GetProperty("fmaPeakGflopsPerCore").GetDouble() > 0);
        var one = json.GetProperty("oneImage");
        Assert.InRange(one.GetProperty("medianUs").GetDouble(), double.Epsilon, one.GetProperty("p99Us").GetDouble());
        Assert.Equal(64, json.GetProperty("batch").GetProperty("size").GetInt32());
        Assert.True(json.GetProperty("batch").GetProperty("usPerImage").GetDouble() > 0);

        // The rate and the duration are of the same work: 2 x (forward pass and weight gradient) of 7840 multiply-adds an image.
        var train = json.GetProperty("train");
        Assert.Equal(100, train.GetProperty("images").GetInt32());
        double work = train.GetProperty("gflops").GetDouble() * train.GetProperty("secondsPerEpoch").GetDouble() * 1e9;
        Assert.Equal(2.0 * 2 * 7840 * 100, work, tolerance: 1);
    }

    [Fact]
    public async Task It_measures_the_users_images_where_they_suffice()
    {
        SyntheticData.WriteTo(_folder["data"]);
        var enough = await ProgramRun.OfAsync(NoData, ["bench", "--images", "250", "--data", _folder["data"], "--json"]);
        Assert.Contains(_folder["data"], enough.Json.GetProperty("data").GetString());
        var tooFew = await ProgramRun.OfAsync(NoData, ["bench", "--images", "251", "--data", _folder["data"], "--json"]);
        Assert.Equal(BenchmarkImages.Random, tooFew.Json.GetProperty("data").GetString());
    }

    [Fact]
    public async Task A_folder_without_data_is_an_error() =>
        Assert.Contains(_folder["none"], (await ProgramRun.OfAsync("bench", "--images", "10", "--data", _folder["none"])).AssertFailed(Failure.Data));

    [Fact]
    public async Task A_number_of_images_that_is_none_is_wrong_usage() =>
        Assert.Contains("--images", (await ProgramRun.OfAsync("bench", "--images", "0")).AssertFailed(Failure.Usage, exitCode: 2));

    /// <summary>A world with an empty cache.</summary>
    private Dictionary<string, string> NoData => new() { ["STATICCNN_CACHE"] = _folder["cache"] };
}
