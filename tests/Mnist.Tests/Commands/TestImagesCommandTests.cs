using StaticCnn.Mnist.Data;
using StaticCnn.Mnist.Tests.Support;

namespace StaticCnn.Mnist.Tests.Commands;

public class TestImagesCommandTests
{
    [Fact]
    public async Task It_writes_the_first_test_images_and_their_labels()
    {
        using var folder = new TemporaryFolder();
        var run = await ProgramRun.OfAsync("test-images", "--out", folder.Path, "--count", "30", "--data", "procedural:600", "--json");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(30, run.Json.GetProperty("count").GetInt32());
        var test = new ProceduralData(600).LoadTest(threads: 1);
        Assert.Equal(test.Images.Pixels[..(30 * 784)], IdxFile.ReadImages(folder["test-images.gz"]).Pixels);
        Assert.Equal(test.Labels[..30], IdxFile.ReadLabels(folder["test-labels.gz"]));
    }

    [Fact]
    public async Task More_than_there_are_is_all_of_them()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, (await ProgramRun.OfAsync("test-images", "--out", folder.Path, "--data", "procedural:60")).ExitCode);
        Assert.Equal(10, IdxFile.ReadImages(folder["test-images.gz"]).Count);
    }
}
