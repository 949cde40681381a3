using StaticCnn.Figures.Drawing;

namespace StaticCnn.Figures.Tests.Drawing;

public class TicksTests
{
    [Theory]
    [InlineData(0, 1, 5, "0 0.2 0.4 0.6 0.8 1")]
    [InlineData(-0.43, 0.43, 4, "\u22120.4 \u22120.2 0 0.2 0.4")]
    [InlineData(0, 2814, 5, "0 500 1,000 1,500 2,000 2,500")]
    [InlineData(3, 3, 5, "3")]
    public void They_are_round_and_within(double low, double high, int count, string expected) =>
        Assert.Equal(expected, string.Join(' ', Ticks.Of(low, high, count).Select(Ticks.Text)));
}
