using SkiaSharp;

namespace StaticCnn.Figures.Drawing;

/// <summary>The size and weight of text, in Inter, which is part of this assembly.</summary>
/// <param name="Size">Units, a 96th of an inch each.</param>
/// <param name="SemiBold">Semi-bold rather than regular.</param>
public readonly record struct TextStyle(float Size, bool SemiBold = false)
{
    private static readonly Lazy<SKTypeface> Regular = new(() => LoadTypeface("Inter-Regular.otf"));
    private static readonly Lazy<SKTypeface> Strong = new(() => LoadTypeface("Inter-SemiBold.otf"));

    /// <summary>A figure's title.</summary>
    public static TextStyle Title { get; } = new(18, SemiBold: true);

    /// <summary>The head of a panel.</summary>
    public static TextStyle Heading { get; } = new(14, SemiBold: true);

    /// <summary>Sentences and captions.</summary>
    public static TextStyle Body { get; } = new(13);

    /// <summary>Axes and what stands beside a drawing.</summary>
    public static TextStyle Label { get; } = new(12);

    /// <summary>The smallest that is used.</summary>
    public static TextStyle Small { get; } = new(11);

    /// <summary>The width of a line of text, in units.</summary>
    public float Measure(string text)
    {
        using var font = CreateFont();
        return font.MeasureText(text);
    }

    /// <summary>A text that takes no more units than it may: in a smaller style, and where <see cref="Small"/> is too large, without its middle.</summary>
    internal (string Text, TextStyle Style) Fit(string text, float width)
    {
        float full = Measure(text);
        if (full <= width) return (text, this);
        var style = this with { Size = Math.Max(Math.Min(Size, Small.Size), Size * width / full) };
        // The two ends tell names apart: what they are of, and their number.
        string shown = text;
        for (int kept = text.Length - 1; kept >= 2 && style.Measure(shown) > width; kept--)
            shown = $"{text.AsSpan(0, kept - kept / 2)}…{text.AsSpan(text.Length - kept / 2)}";
        return (shown, style);
    }

    /// <summary>The outlines of a line of text whose baseline starts at the origin.</summary>
    internal SKPath Outline(string text)
    {
        using var font = CreateFont();
        return font.GetTextPath(text, new SKPoint(0, 0));
    }

    /// <summary>A font without hinting, so that text is the same at every scale.</summary>
    private SKFont CreateFont() => new(SemiBold ? Strong.Value : Regular.Value, Size)
    {
        Hinting = SKFontHinting.None,
        Subpixel = true,
        LinearMetrics = true,
    };

    private static SKTypeface LoadTypeface(string name)
    {
        using var stream = typeof(TextStyle).Assembly.GetManifestResourceStream(name)!;
        using var data = SKData.Create(stream);
        return SKTypeface.FromData(data);
    }
}

/// <summary>Where a line of text stands relative to its x.</summary>
public enum Align
{
    /// <summary>It starts at x.</summary>
    Left,

    /// <summary>Its middle is at x.</summary>
    Center,

    /// <summary>It ends at x.</summary>
    Right,
}
