using StaticCnn.Build.Tests.Support;
using StaticCnn.Mnist.Tests.Support;

namespace StaticCnn.Build.Tests;

[Collection(BuildCollection.Name)]
public sealed class TrainMnistTests(Clone clone) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Weights => _folder["ü weights/SimpleCnn.safetensors"];

    public void Dispose() => _folder.Dispose();

    [LongFact]
    public void In_a_fresh_clone_the_solution_trains_and_the_second_build_is_up_to_date()
    {
        var first = clone.FirstRun;
        first.AssertSucceeded();
        Assert.Single(first.Lines, line => line.StartsWith("Epoch 1/1: loss ", StringComparison.Ordinal));
        for (int digit = 0; digit < 10; digit++)
            Assert.Single(first.Lines, line => line.StartsWith($"Accuracy of digit {digit}: ", StringComparison.Ordinal));
        Assert.False(Directory.Exists(Path.Combine(clone.Root, "tests", "Mnist.Tests", "bin")), "it built what training does not need");
        Assert.Contains("Epoch 1/1: loss ", clone.FirstLog);
        Assert.Contains($"Log: {clone.Log}", first.Lines);
        string figures = Path.Combine(clone.Root, "artifacts", "mnist", "figures");
        Assert.Contains($"Figures: 11 in {figures}, light and dark, each as PNG and SVG", first.Lines);
        Assert.Equal(4 * 11, Directory.GetFiles(figures).Length);

        var second = clone.SecondRun;
        second.AssertSucceeded();
        Assert.Contains($"up to date: {clone.DefaultWeights}", second.Lines);
        Assert.DoesNotContain(second.Lines, line => line.StartsWith("Epoch ", StringComparison.Ordinal));
        Assert.True(File.Exists(clone.DefaultWeights));
    }

    [Fact]
    public async Task Restoring_the_library_restores_all_that_its_package_is_made_of()
    {
        string[] lists = [.. new[] { "src/Generator", "src/CodeFixes", "src/Trainer", "build" }
            .Select(project => Path.Combine(clone.Root, project, "obj", "project.assets.json"))];
        foreach (string list in lists.Where(File.Exists)) File.Delete(list);
        (await clone.RunAsync("restore", "src/Runtime")).AssertSucceeded();
        Assert.All(lists, list => Assert.True(File.Exists(list), list));
    }

    [Fact]
    public async Task Another_seed_trains_again_and_other_threads_do_not()
    {
        await TrainAsync();
        byte[] before = File.ReadAllBytes(Weights);
        Assert.Contains($"up to date: {Weights}", (await TrainAsync("MnistThreads=1")).Lines);
        (await TrainAsync("MnistSeed=7")).AssertSucceeded();
        Assert.NotEqual(before, File.ReadAllBytes(Weights));
    }

    [Fact]
    public async Task Two_builds_at_once_end_well()
    {
        var runs = await Task.WhenAll(TrainAsync(), TrainAsync());
        Assert.All(runs, run => run.AssertSucceeded());
        Assert.Equal(
            [_folder["ü weights/SimpleCnn.history.json"], Weights, _folder["ü weights/SimpleCnn.stamp"]], Directory.GetFiles(_folder["ü weights"]).Order());
        Assert.Contains($"up to date: {Weights}", (await TrainAsync()).Lines);
    }

    [Fact]
    public async Task Without_data_and_network_it_warns_and_trains_on_procedural_digits()
    {
        var run = await WithoutDataAndNetworkAsync();
        run.AssertSucceeded();
        Assert.Contains("1 Warning(s)", run.Lines);
        string warning = Assert.Single(run.Lines.Where(line => line.Contains(": warning ", StringComparison.Ordinal)).Distinct());
        Assert.StartsWith("mnist : warning SCNN107: ", warning);
        AssertNamesEachMirror(warning);
        Assert.Contains(run.Lines, line => line.StartsWith("Training on procedural (60,000 images, 10,000 to test) ", StringComparison.Ordinal));
        Assert.Contains($"up to date: {Weights}", (await WithoutDataAndNetworkAsync()).Lines);
    }

    [Fact]
    public async Task Where_a_download_is_required_the_one_error_names_each_mirror_and_the_weights_stay()
    {
        byte[] old = OldWeights();
        string error = (await WithoutDataAndNetworkAsync("MnistRequireDownload=true")).AssertFailed();
        Assert.StartsWith("mnist : error SCNN101: ", error);
        AssertNamesEachMirror(error);
        Assert.Equal(old, File.ReadAllBytes(Weights));
    }

    [Fact]
    public async Task A_data_folder_starts_at_the_project()
    {
        string error = (await TrainAsync("MnistDataDir=no data")).AssertFailed();
        Assert.StartsWith($"mnist : error SCNN101: {Path.Combine(clone.Root, "src", "Mnist", "no data")} does not exist", error);
    }

    [Fact]
    public async Task Below_the_required_accuracy_the_build_fails_and_the_weights_stay()
    {
        byte[] old = OldWeights();
        var run = await TrainAsync("MnistMinAccuracy=0.999");
        Assert.StartsWith("mnist : error SCNN103: The test accuracy 0.", run.AssertFailed());
        Assert.Equal(old, File.ReadAllBytes(Weights));
    }

    [Fact]
    public async Task A_property_without_a_valid_value_is_one_error()
    {
        var run = await TrainAsync("MnistThreads=many");
        Assert.StartsWith("mnist : error SCNN100: --threads expects ", run.AssertFailed());
    }

    [Theory]
    [InlineData("DesignTimeBuild=true")]
    [InlineData("BuildingProject=false")]
    public async Task A_design_time_build_does_nothing(string property)
    {
        foreach (string target in new[] { "TrainMnist", "DownloadMnist", "TestMnist" })
        {
            var run = await clone.ProjectAsync(target, property, $"MnistDataDir={Clone.Data}", $"MnistWeights={Weights}");
            run.AssertSucceeded();
            Assert.DoesNotContain(run.Lines, line => line.StartsWith("Log: ", StringComparison.Ordinal));
        }
        Assert.False(File.Exists(Weights));
        Assert.False(Directory.Exists(clone.Cache));
    }

    [Fact]
    public async Task TestMnist_prints_the_digits_of_the_weights_and_says_when_there_are_none()
    {
        string[] properties = [$"MnistDataDir={Clone.Data}", $"MnistWeights={Weights}"];
        Assert.StartsWith("mnist : error SCNN104: There is no weights file ", (await clone.ProjectAsync("TestMnist", properties)).AssertFailed());
        await TrainAsync();
        var run = await clone.ProjectAsync("TestMnist", properties);
        run.AssertSucceeded();
        Assert.Equal(10, run.Lines.Count(line => line.StartsWith("Accuracy of digit ", StringComparison.Ordinal)));
    }

    private Task<BuildRun> TrainAsync(params string[] properties) => clone.ProjectAsync(
        "TrainMnist", [$"MnistDataDir={Clone.Data}", "MnistEpochs=1", $"MnistWeights={Weights}", .. properties]);

    private Task<BuildRun> WithoutDataAndNetworkAsync(params string[] properties) => clone.ProjectAsync(
        new() { ["STATICCNN_MIRRORS"] = "http://127.0.0.1:9/one/;http://127.0.0.1:9/two/" },
        "TrainMnist", ["MnistEpochs=1", $"MnistWeights={Weights}", .. properties]);

    private static void AssertNamesEachMirror(string line)
    {
        Assert.Contains("http://127.0.0.1:9/one/: ", line);
        Assert.Contains("http://127.0.0.1:9/two/: ", line);
    }

    private byte[] OldWeights()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Weights)!);
        File.WriteAllText(Weights, "old");
        File.WriteAllText(_folder["ü weights/SimpleCnn.stamp"], "of\nearlier\n0\n"); // Without one they would be somebody's own.
        return File.ReadAllBytes(Weights);
    }
}
