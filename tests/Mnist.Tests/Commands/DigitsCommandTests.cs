using System.Buffers.Binary;
using StaticCnn.Mnist.Data;
using StaticCnn.Mnist.Tests.Support;

namespace StaticCnn.Mnist.Tests.Commands;

public class DigitsCommandTests
{
    [Fact]
    public async Task It_writes_the_digits_that_procedural_means_as_files_that_train_takes()
    {
        using var folder = new TemporaryFolder();
        var run = await ProgramRun.OfAsync("digits", "--out", folder["digits"], "--count", "600", "--json");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(600, run.Json.GetProperty("train").GetInt32());
        Assert.Equal(100, run.Json.GetProperty("test").GetInt32());
        Assert.Equal(
            IdxFolder.FileNames.Select(name => name + ".gz").Append("digits.png").Order(),
            Directory.EnumerateFiles(folder["digits"]).Select(Path.GetFileName).Order());

        var data = new ProceduralData(600);
        var files = DataLocation.OfFolder(folder["digits"], DataFile.Mnist);
        AssertSame(data.LoadTraining(threads: 1), files.LoadTraining(threads: 1));
        AssertSame(data.LoadTest(threads: 1), files.LoadTest(threads: 1));
        Assert.Equal(0, (await ProgramRun.OfAsync("train", "--data", folder["digits"], "--weights", folder["w"], "--epochs", "1")).ExitCode);
    }

    [Theory]
    [InlineData("6")]
    [InlineData("600")]
    public async Task The_contact_sheet_is_a_png_of_10_rows_and_20_columns(string count)
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, (await ProgramRun.OfAsync("digits", "--out", folder.Path, "--count", count)).ExitCode);
        byte[] png = File.ReadAllBytes(folder["digits.png"]);
        Assert.Equal("PNG"u8.ToArray(), png[1..4]);
        Assert.Equal(20 * 60, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)));
        Assert.Equal(10 * 60, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));
    }

    [Fact]
    public async Task Another_seed_draws_other_digits()
    {
        using var folder = new TemporaryFolder();
        foreach (string seed in new[] { "0", "1" })
            Assert.Equal(0, (await ProgramRun.OfAsync("digits", "--out", folder[seed], "--count", "60", "--seed", seed)).ExitCode);
        foreach (string name in new[] { "train-images-idx3-ubyte.gz", "t10k-images-idx3-ubyte.gz", "digits.png" })
            Assert.NotEqual(File.ReadAllBytes(folder[$"0/{name}"]), File.ReadAllBytes(folder[$"1/{name}"]));
    }

    private static void AssertSame(LabeledImages expected, LabeledImages found)
    {
        Assert.Equal(expected.Labels, found.Labels);
        Assert.Equal(expected.Images.Pixels, found.Images.Pixels);
        Assert.Equal(expected.Shape, found.Shape);
    }
}
