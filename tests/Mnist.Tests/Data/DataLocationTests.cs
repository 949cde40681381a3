using StaticCnn.Mnist.Data;
using StaticCnn.Mnist.Tests.Support;

namespace StaticCnn.Mnist.Tests.Data;

public class DataLocationTests
{
    [Fact]
    public void The_original_is_recognised_whatever_its_folder_and_compression()
    {
        using var folder = new TemporaryFolder();
        SyntheticData.WriteTo(folder["plain"]);
        SyntheticData.WriteTo(folder["packed"], compressed: true);
        SyntheticData.WriteTo(folder["torchvision/MNIST/raw"]);
        var locations = new[] { "plain", "packed", "torchvision" }
            .Select(name => DataLocation.OfFolder(folder[name], SyntheticData.Files)).ToArray();
        Assert.All(locations, location => Assert.Equal("mnist", location.Label));
        Assert.All(locations, location => Assert.Equal(locations[0].Identity, location.Identity));
    }

    [Fact]
    public void Other_data_is_named_by_its_folder_and_has_another_identity()
    {
        using var folder = new TemporaryFolder();
        SyntheticData.WriteTo(folder["original"]);
        SyntheticData.WriteTo(folder["other"]);
        byte[] labels = File.ReadAllBytes(folder["other/t10k-labels-idx1-ubyte"]);
        labels[^1] = 3;
        File.WriteAllBytes(folder["other/t10k-labels-idx1-ubyte"], labels);
        var original = DataLocation.OfFolder(folder["original"], SyntheticData.Files);
        var other = DataLocation.OfFolder(folder["other"] + "/", SyntheticData.Files);
        Assert.Equal("idx:other", other.Label);
        Assert.NotEqual(original.Identity, other.Identity);
    }

    [RealDataFact]
    public void The_real_files_have_the_hashes_that_downloads_are_checked_against()
    {
        Assert.Equal("mnist", DataLocation.OfFolder(RealDataFactAttribute.Folder!, DataFile.Mnist).Label);
    }
}
