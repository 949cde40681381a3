using SkiaSharp;
using StaticCnn.Figures.Drawing;

namespace StaticCnn.Figures.Tests.Drawing;

/// <summary>Holds the colour maps to what they promise, in CIELAB.</summary>
public class ColorMapTests
{
    private const int Steps = 256;

    [Fact]
    public void Viridis_grows_lighter_evenly()
    {
        double[] lightness = [.. Enumerable.Range(0, Steps).Select(i => LightnessOf(ColorMap.Viridis.At(i / (Steps - 1.0))))];
        double mean = (lightness[^1] - lightness[0]) / (Steps - 1);
        Assert.InRange(lightness[0], 10, 20);
        Assert.InRange(lightness[^1], 85, 95);
        for (int i = 16; i < Steps; i++)
        {
            Assert.True(lightness[i] > lightness[i - 4], $"step {i}");
            Assert.InRange((lightness[i] - lightness[i - 16]) / 16, 0.7 * mean, 1.3 * mean);
        }
    }

    [Theory]
    [InlineData(0.0, 0x440154)]
    [InlineData(0.25, 0x3b528b)]
    [InlineData(0.5, 0x21918c)]
    [InlineData(0.75, 0x5ec962)]
    [InlineData(1.0, 0xfde725)]
    public void Viridis_has_the_published_colours(double t, uint rgb)
    {
        var (expected, found) = (new SKColor(0xFF000000 | rgb), ColorMap.Viridis.At(t));
        Assert.InRange(Math.Abs(expected.Red - found.Red), 0, 3);
        Assert.InRange(Math.Abs(expected.Green - found.Green), 0, 3);
        Assert.InRange(Math.Abs(expected.Blue - found.Blue), 0, 3);
    }

    [Fact]
    public void RdBu_is_as_light_on_both_sides_of_zero_and_lightest_at_zero()
    {
        double before = double.PositiveInfinity;
        for (int i = 0; i <= Steps; i++)
        {
            double distance = (double)i / Steps;
            double negative = LightnessOf(ColorMap.RdBu.At(0.5 - distance / 2)), positive = LightnessOf(ColorMap.RdBu.At(0.5 + distance / 2));
            Assert.InRange(Math.Abs(negative - positive), 0, 1);
            if (i % 4 != 0) continue; // Of neighbouring steps, rounding to bytes can make the farther one lighter.
            Assert.True(negative < before, $"distance {distance}");
            before = negative;
        }
    }

    [Fact]
    public void RdBu_is_colourless_at_zero_red_below_and_blue_above()
    {
        var zero = ColorMap.RdBu.At(0.5);
        Assert.Equal(zero.Red, zero.Green);
        Assert.Equal(zero.Green, zero.Blue);
        for (double distance = 0.1; distance <= 1; distance += 0.1)
        {
            var (negative, positive) = (ColorMap.RdBu.At(0.5 - distance / 2), ColorMap.RdBu.At(0.5 + distance / 2));
            Assert.True(negative.Red > negative.Blue + 10, $"{distance}: {negative}");
            Assert.True(positive.Blue > positive.Red + 10, $"{distance}: {positive}");
        }
    }

    [Fact]
    public void Values_outside_take_the_nearer_end()
    {
        Assert.Equal(ColorMap.Viridis.At(0), ColorMap.Viridis.At(-3));
        Assert.Equal(ColorMap.Viridis.At(1), ColorMap.Viridis.At(double.PositiveInfinity));
        Assert.Equal(ColorMap.Viridis.At(0), ColorMap.Viridis.At(double.NaN));
        Assert.Equal(new SKColor(128, 128, 128), ColorMap.Gray.At(0.5));
    }

    /// <summary>L* of CIE 1976 after the definition of sRGB, written apart from the code under test.</summary>
    private static double LightnessOf(SKColor color)
    {
        double y = 0.2126 * Linear(color.Red) + 0.7152 * Linear(color.Green) + 0.0722 * Linear(color.Blue);
        return y > 0.008856 ? 116 * Math.Pow(y, 1.0 / 3) - 16 : 903.3 * y;

        static double Linear(byte level) => level / 255.0 is var v && v <= 0.04045 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4);
    }
}
