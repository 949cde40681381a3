using System.Buffers.Binary;
using System.Text;
using System.Xml.Linq;
using SkiaSharp;
using StaticCnn.Figures.Drawing;

namespace StaticCnn.Figures.Tests.Drawing;

public class FigureTests
{
    private static readonly Figure Sample = new("sample", "A word & a heat map", 200, 100, canvas =>
    {
        canvas.Text("Digit 7 \u2212 \u00d7", 10, 30, TextStyle.Title);
        canvas.HeatMap([-1, 0, 0.5f, 1], 2, new SKRect(100, 20, 160, 80), new ColorScale(ColorMap.RdBu, -1, 1));
        canvas.Arrow(10, 80, 60, 80, canvas.Theme.Second);
    });

    [Fact]
    public void It_is_the_same_bytes_each_time()
    {
        Assert.Equal(Sample.ToPng(Theme.Light), Sample.ToPng(Theme.Light));
        Assert.Equal(Sample.ToSvg(Theme.Dark), Sample.ToSvg(Theme.Dark));
        Assert.NotEqual(Sample.ToPng(Theme.Light), Sample.ToPng(Theme.Dark));
    }

    [Theory]
    [InlineData(1, 200, 100)]
    [InlineData(1.5f, 300, 150)]
    public void A_png_has_the_scale_asked_for(float scale, int width, int height)
    {
        byte[] png = Sample.ToPng(Theme.Light, scale);
        Assert.Equal("PNG"u8.ToArray(), png[1..4]);
        Assert.Equal(width, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)));
        Assert.Equal(height, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));
    }

    [Fact]
    public void Text_is_drawn_with_the_bundled_font()
    {
        using var image = Sample.Render(Theme.Light, 1);
        using var pixels = SKBitmap.FromImage(image);
        int dark = 0;
        for (int y = 14; y < 34; y++)
        {
            for (int x = 8; x < 90; x++) dark += pixels.GetPixel(x, y).Red < 128 ? 1 : 0;
        }
        Assert.InRange(dark, 100, 500); // Letters, neither nothing nor the boxes of missing glyphs.
        Assert.Equal(0, TextStyle.Title.Measure(""));
        Assert.InRange(TextStyle.Title.Measure("Digit 7"), 50, 70);
    }

    [Fact]
    public void A_heat_map_has_sharp_cells_of_its_scale()
    {
        using var image = Sample.Render(Theme.Light, 2);
        using var pixels = SKBitmap.FromImage(image);
        var scale = new ColorScale(ColorMap.RdBu, -1, 1);
        Assert.Equal(scale.ColorOf(-1), pixels.GetPixel(200, 40));
        Assert.Equal(scale.ColorOf(-1), pixels.GetPixel(259, 99));
        Assert.Equal(scale.ColorOf(0), pixels.GetPixel(260, 99));
        Assert.Equal(scale.ColorOf(0.5f), pixels.GetPixel(259, 100));
        Assert.Equal(scale.ColorOf(1), pixels.GetPixel(319, 159));
        Assert.Equal(Theme.Light.Background, pixels.GetPixel(320, 160));
    }

    [Fact]
    public void An_svg_says_what_it_shows_and_needs_no_font()
    {
        var svg = XDocument.Parse(Encoding.UTF8.GetString(Sample.ToSvg(Theme.Light))).Root!;
        Assert.Equal("A word & a heat map", svg.Elements().First(element => element.Name.LocalName == "title").Value);
        Assert.Equal("0 0 200 100", (string?)svg.Attribute("viewBox"));
        string[] names = [.. svg.Descendants().Select(element => element.Name.LocalName)];
        Assert.DoesNotContain("text", names);
        Assert.Contains("path", names);
        Assert.Contains("image", names);
    }
}
