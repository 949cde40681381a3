using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using SkiaSharp;

namespace StaticCnn.Figures.Drawing;

/// <summary>A drawing that can be had at any scale, in both themes, as pixels and as SVG; the same bytes each time.</summary>
/// <param name="name">Its name, such as <c>kernels</c>; also that of its files.</param>
/// <param name="alternative">What it shows, in words, for those who cannot see it.</param>
/// <param name="width">Units, a 96th of an inch each.</param>
/// <param name="height">Units.</param>
/// <param name="draw">Draws it; the background is there already.</param>
public sealed partial class Figure(string name, string alternative, int width, int height, Action<Canvas> draw)
{
    /// <summary>Pixels per unit of a PNG unless another scale is asked for.</summary>
    public const float DefaultScale = 2;

    /// <summary>Its name, such as <c>kernels</c>.</summary>
    public string Name { get; } = name;

    /// <summary>What it shows, in words.</summary>
    public string Alternative { get; } = alternative;

    /// <summary>Units from left to right.</summary>
    public int Width { get; } = width;

    /// <summary>Units from top to bottom.</summary>
    public int Height { get; } = height;

    /// <summary>Draws it as pixels. The caller disposes of the image.</summary>
    public SKImage Render(Theme theme, float scale = DefaultScale)
    {
        var info = new SKImageInfo(
            (int)MathF.Ceiling(Width * scale), (int)MathF.Ceiling(Height * scale), SKColorType.Rgba8888, SKAlphaType.Opaque);
        using var surface = SKSurface.Create(info);
        surface.Canvas.Scale(scale);
        Draw(new Canvas(surface.Canvas, theme));
        return surface.Snapshot();
    }

    /// <summary>The figure as a PNG file.</summary>
    public byte[] ToPng(Theme theme, float scale = DefaultScale)
    {
        using var image = Render(theme, scale);
        using var data = image.Encode(SKEncodedImageFormat.Png, quality: 100);
        return data.ToArray();
    }

    /// <summary>The figure as an SVG file; its text is outlines, and <see cref="Alternative"/> its description.</summary>
    public byte[] ToSvg(Theme theme)
    {
        using var stream = new MemoryStream();
        using (var skia = SKSvgCanvas.Create(new SKRect(0, 0, Width, Height), stream)) Draw(new Canvas(skia, theme, isVector: true));
        string text = Encoding.UTF8.GetString(stream.ToArray());
        text = LongNumber().Replace(text, match => match.Groups[1].Value);
        // Skia numbers what is referred to through all figures of a process; a page may show several of them.
        var numbers = new Dictionary<string, int>();
        text = Reference().Replace(text, match =>
        {
            numbers.TryAdd(match.Groups[2].Value, numbers.Count);
            return string.Create(CultureInfo.InvariantCulture, $"{match.Groups[1].Value}{Name}-{numbers[match.Groups[2].Value]}");
        });
        var svg = XDocument.Parse(text);
        var root = svg.Root!;
        root.SetAttributeValue("viewBox", FormattableString.Invariant($"0 0 {Width} {Height}"));
        root.SetAttributeValue("role", "img");
        root.AddFirst(new XElement(root.Name.Namespace + "title", Alternative));
        return Encoding.UTF8.GetBytes(svg.ToString(SaveOptions.DisableFormatting));
    }

    /// <summary>Writes the figure as a PNG file, whole or not at all.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SavePng(string path, Theme theme, float scale = DefaultScale)
    {
        byte[] png = ToPng(theme, scale);
        AtomicFile.Write(path, stream => stream.Write(png));
    }

    /// <summary>Writes the figure as an SVG file, whole or not at all.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SaveSvg(string path, Theme theme)
    {
        byte[] svg = ToSvg(theme);
        AtomicFile.Write(path, stream => stream.Write(svg));
    }

    /// <summary>Draws it on a canvas, background included, such as on a part of a larger picture.</summary>
    public void Draw(Canvas canvas)
    {
        canvas.Fill(new SKRect(0, 0, Width, Height), canvas.Theme.Background);
        draw(canvas);
    }

    /// <summary>The name of a part, or a reference to it.</summary>
    [GeneratedRegex(@"( id=""|#)([a-z]+_[0-9a-zA-Z]+)")]
    private static partial Regex Reference();

    /// <summary>A number with more than two decimals: a hundredth of a unit cannot be seen.</summary>
    [GeneratedRegex(@"(\d+\.\d\d)\d+")]
    private static partial Regex LongNumber();
}
