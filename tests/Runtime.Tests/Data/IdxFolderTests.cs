namespace StaticCnn.Tests;

public class IdxFolderTests
{
    private static void WriteFiles(TemporaryFolder folder, string place, string extension)
    {
        int count = 3;
        foreach (string part in new[] { "train", "t10k" })
        {
            IdxFile.WriteImages(folder.File($"{place}{part}-images-idx3-ubyte{extension}"), new IdxImages(new byte[count * 6], count, new TensorShape(1, 2, 3)));
            IdxFile.WriteLabels(folder.File($"{place}{part}-labels-idx1-ubyte{extension}"), new byte[count]);
            count++;
        }
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("", ".gz")]
    [InlineData("raw/", ".gz")]
    [InlineData("MNIST/raw/", "")]
    public void The_four_files_are_found_where_people_have_them(string place, string extension)
    {
        using var folder = new TemporaryFolder();
        Assert.False(IdxFolder.TryOpen(folder.Path, out _));
        WriteFiles(folder, place, extension);
        Assert.True(IdxFolder.TryOpen(folder.Path, out var found));
        Assert.Equal(3, found.ReadTraining().Count);
        Assert.Equal(4, found.ReadTest().Count);
        Assert.Equal(new TensorShape(1, 2, 3), found.ReadTest().Shape);
        Assert.Equal(4, found.Files.Count(File.Exists));
    }

    [Fact]
    public void What_is_missing_is_named()
    {
        using var folder = new TemporaryFolder();
        WriteFiles(folder, "", ".gz");
        File.Delete(folder.File("t10k-labels-idx1-ubyte.gz"));
        string message = Assert.Throws<DataException>(() => IdxFolder.Open(folder.Path)).Message;
        Assert.Contains("lacks some of the files", message);
        Assert.Contains("t10k-labels-idx1-ubyte", message);
        Assert.Contains("does not exist", Assert.Throws<DataException>(() => IdxFolder.Open(folder.File("nowhere"))).Message);
    }

    [Fact]
    public void Images_and_labels_that_do_not_belong_together_are_refused()
    {
        using var folder = new TemporaryFolder();
        WriteFiles(folder, "", "");
        IdxFile.WriteLabels(folder.File("train-labels-idx1-ubyte"), new byte[5]);
        Assert.Contains("expected a label for each of 3 images, found 5", Assert.Throws<DataException>(() => IdxFolder.Open(folder.Path).ReadTraining()).Message);
    }
}
