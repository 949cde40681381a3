using StaticCnn.Generated;

namespace StaticCnn.Tests;

public class ArenaTests
{
    [Theory]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    [InlineData(5)]
    [InlineData(int.MaxValue)]
    public void No_place_outside_is_given_away(int offset)
    {
        var arena = new Arena(5);
        arena.At(4) = 1;
        Assert.Equal([0, 0, 0, 0, 1], arena.Span.ToArray());
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => { arena.At(offset) = 1; });
        Assert.Equal(("offset", offset), (error.ParamName, error.ActualValue));
        Assert.Contains("has 5 floats", error.Message, StringComparison.Ordinal);
    }
}
