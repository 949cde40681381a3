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
        Assert.Contains("It lacks t10k-labels-idx1-ubyte. It holds t10k-images-idx3-ubyte.gz, train-images-idx3-ubyte.gz, train-labels-idx1-ubyte.gz.", message);
        Assert.Contains("does not exist", Assert.Throws<DataException>(() => IdxFolder.Open(folder.File("nowhere"))).Message);
    }

    [Theory]
    [InlineData("train-images.idx3-ubyte", "train-labels.idx1-ubyte", "t10k-images.idx3-ubyte.gz", "t10k-labels.idx1-ubyte")]
    [InlineData("raw/train-images-idx3-ubyte", "raw/train-labels.idx1-ubyte", "raw/test-images-idx3-ubyte", "raw/test-labels-idx1-ubyte")]
    [InlineData("emnist-letters-train-images-idx3-ubyte.gz", "emnist-letters-train-labels-idx1-ubyte", "emnist-letters-test-images-idx3-ubyte", "emnist-letters-test-labels-idx1-ubyte")]
    public void Files_are_read_under_the_names_that_people_have(params string[] names)
    {
        using var folder = new TemporaryFolder();
        WriteSet(folder, names);
        var found = IdxFolder.Open(folder.Path);
        Assert.Equal(names.Select(folder.File), found.Files);
        Assert.Equal(2, found.ReadTraining().Count);
        Assert.Equal([4, 5], found.ReadTest().Labels);
    }

    /// <summary>EMNIST's files hold each image by columns.</summary>
    [Fact]
    public void Images_of_Emnist_are_read_upright()
    {
        using var folder = new TemporaryFolder();
        WriteSet(folder, Emnist("digits"));
        Assert.Equal(new TensorShape(1, 3, 2), IdxFolder.Open(folder.Path).ReadTraining().Shape);
        Assert.Equal([0, 3, 1, 4, 2, 5], IdxFolder.Open(folder.Path).ReadTraining().Pixels(0).ToArray());
    }

    [Fact]
    public void Of_several_sets_one_is_chosen_by_its_name()
    {
        using var folder = new TemporaryFolder();
        WriteSet(folder, Emnist("digits"));
        WriteSet(folder, Emnist("letters"));
        Assert.False(IdxFolder.TryOpen(folder.Path, out _));
        Assert.Contains(
            $"holds 2 sets of images. Name one of them: {folder.File("emnist-digits")}, {folder.File("emnist-letters")}.",
            Assert.Throws<DataException>(() => IdxFolder.Open(folder.Path)).Message);
        Assert.Equal(Emnist("letters").Select(folder.File), IdxFolder.Open(folder.File("emnist-letters")).Files);
    }

    [Fact]
    public void What_was_found_in_the_place_of_the_files_is_named()
    {
        using var folder = new TemporaryFolder();
        Assert.EndsWith("It is empty.", Problem(folder.Path));
        File.WriteAllText(folder.File("mnist.npz"), "PK\u0003\u0004");
        Assert.EndsWith("It holds mnist.npz. Files of the kind .npz are no IDX files, and only those are read.", Problem(folder.Path));
        Assert.Contains("mnist.npz is a zip archive, as NumPy's .npz and PyTorch's .pt are; expected a folder with the files ", Problem(folder.File("mnist.npz")));
        Directory.CreateDirectory(folder.File("pictures/0"));
        Directory.CreateDirectory(folder.File("pictures/1"));
        File.WriteAllText(folder.File("pictures/0/a.png"), "");
        Assert.EndsWith("It holds 0/, 1/. Files of the kind .png are no IDX files, and only those are read.", Problem(folder.File("pictures")));
    }

    private static string Problem(string path) => Assert.Throws<DataException>(() => IdxFolder.Open(path)).Message;

    private static string[] Emnist(string set) =>
        [.. new[] { "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "test-images-idx3-ubyte", "test-labels-idx1-ubyte" }.Select(name => $"emnist-{set}-{name}")];

    /// <summary>Two images of two rows and three columns to train with, and two to test with.</summary>
    private static void WriteSet(TemporaryFolder folder, string[] names)
    {
        var images = new IdxImages([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 2, new TensorShape(1, 2, 3));
        IdxFile.WriteImages(folder.File(names[0]), images);
        IdxFile.WriteLabels(folder.File(names[1]), [2, 3]);
        IdxFile.WriteImages(folder.File(names[2]), images);
        IdxFile.WriteLabels(folder.File(names[3]), [4, 5]);
    }

    [Fact]
    public void Labels_that_are_wrong_name_their_own_file()
    {
        using var folder = new TemporaryFolder();
        WriteFiles(folder, "", "");
        IdxFile.WriteLabels(folder.File("train-labels-idx1-ubyte"), [1, 2, 47]);
        var error = Assert.Throws<DataException>(() => IdxFolder.Open(folder.Path).ReadTraining().CheckFits(new TensorShape(1, 2, 3), 10));
        Assert.Equal($"{folder.File("train-labels-idx1-ubyte")}: expected labels below 10, found 47 at image 2.", error.Message);
    }

    [Fact]
    public void Images_and_labels_that_do_not_belong_together_are_refused()
    {
        using var folder = new TemporaryFolder();
        WriteFiles(folder, "", "");
        IdxFile.WriteLabels(folder.File("train-labels-idx1-ubyte"), new byte[5]);
        Assert.Contains($"{folder.File("train-labels-idx1-ubyte")}: expected a label for each of 3 images in {folder.File("train-images-idx3-ubyte")}, found 5", Assert.Throws<DataException>(() => IdxFolder.Open(folder.Path).ReadTraining()).Message);
    }
}
