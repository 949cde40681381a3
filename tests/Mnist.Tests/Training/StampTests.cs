using StaticCnn.Mnist.Tests.Support;
using StaticCnn.Mnist.Training;

namespace StaticCnn.Mnist.Tests.Training;

public class StampTests
{
    [Fact]
    public void It_is_read_as_it_was_written_in_any_culture()
    {
        using var folder = new TemporaryFolder();
        using var hostile = new HostileCulture();
        var stamp = new Stamp("aa", "bb", 0.9899);
        stamp.Write(folder["obj/stamp"]);
        Assert.Equal(stamp, Stamp.Read(folder["obj/stamp"]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("aa\nbb")]
    [InlineData("aa\nbb\nhigh")]
    public void Anything_else_is_no_stamp(string text)
    {
        using var folder = new TemporaryFolder();
        Assert.Null(Stamp.Read(folder["stamp"]));
        File.WriteAllText(folder["stamp"], text);
        Assert.Null(Stamp.Read(folder["stamp"]));
    }
}
