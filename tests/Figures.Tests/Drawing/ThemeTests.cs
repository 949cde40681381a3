using SkiaSharp;
using StaticCnn.Figures.Drawing;

namespace StaticCnn.Figures.Tests.Drawing;

public class ThemeTests
{
    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public void Text_can_be_read_on_its_background(string name)
    {
        var theme = name == "light" ? Theme.Light : Theme.Dark;
        foreach (var background in new[] { theme.Background, theme.Panel })
        {
            foreach (var text in new[] { theme.Ink, theme.Muted, theme.Right, theme.Wrong, theme.First, theme.Second })
                Assert.True(Contrast(text, background) >= 4.5, $"{text} on {background}: {Contrast(text, background)}");
        }
    }

    /// <summary>The contrast ratio of WCAG 2.</summary>
    private static double Contrast(SKColor one, SKColor other)
    {
        double a = Luminance(one), b = Luminance(other);
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(SKColor color)
    {
        return 0.2126 * Linear(color.Red) + 0.7152 * Linear(color.Green) + 0.0722 * Linear(color.Blue);

        static double Linear(byte level) => level / 255.0 is var v && v <= 0.04045 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4);
    }
}
