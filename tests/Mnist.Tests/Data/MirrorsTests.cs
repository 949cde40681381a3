using StaticCnn.Mnist.Data;

namespace StaticCnn.Mnist.Tests.Data;

public class MirrorsTests
{
    [Fact]
    public void Addresses_name_folders_with_or_without_a_slash()
    {
        Assert.True(Mirrors.TryParse(" https://a.example/x/mnist ;http://b.example/y/;", out var mirrors));
        Assert.Equal(
            ["https://a.example/x/mnist/f.gz", "http://b.example/y/f.gz"],
            mirrors.Select(mirror => new Uri(mirror, "f.gz").ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData(";")]
    [InlineData("a.example/mnist")]
    [InlineData("ftp://a.example/mnist")]
    [InlineData("https://a.example;/somewhere")]
    public void Anything_else_is_refused(string text) => Assert.False(Mirrors.TryParse(text, out _));
}
