using SkiaSharp;

namespace StaticCnn.Figures.Drawing;

/// <summary>What a figure is drawn on, in units of a 96th of an inch from the top left, at any scale and also as SVG.</summary>
public sealed class Canvas
{
    /// <summary>Units that a figure leaves free at each edge.</summary>
    public const int Margin = 24;

    /// <summary>Where the content starts below what <see cref="Header"/> draws.</summary>
    public const int HeaderBottom = 76;

    private const int VectorPixelsPerCell = 8;
    private const int MostVectorPixels = 2048;

    private readonly bool _isVector;

    /// <summary>Draws on a canvas of Skia's.</summary>
    /// <param name="skia">The canvas, already scaled to units.</param>
    /// <param name="theme">The colours.</param>
    /// <param name="isVector">Whether it keeps shapes rather than pixels.</param>
    public Canvas(SKCanvas skia, Theme theme, bool isVector = false) => (Skia, Theme, _isVector) = (skia, theme, isVector);

    /// <summary>Skia's canvas, for what this class has no name for.</summary>
    public SKCanvas Skia { get; }

    /// <summary>The colours.</summary>
    public Theme Theme { get; }

    /// <summary>A figure's title, and a line below it that says what one sees.</summary>
    public void Header(string title, string subtitle)
    {
        Text(title, Margin, 36, TextStyle.Title);
        Text(subtitle, Margin, 56, TextStyle.Body, color: Theme.Muted);
    }

    /// <summary>One line of text, as outlines: no viewer needs the font.</summary>
    /// <param name="text">The text.</param>
    /// <param name="x">Where it stands, by <paramref name="align"/>.</param>
    /// <param name="baseline">The line that its letters stand on.</param>
    /// <param name="style">Size and weight.</param>
    /// <param name="align">What is at <paramref name="x"/>.</param>
    /// <param name="color">Its colour; <see cref="Theme.Ink"/> unless given.</param>
    /// <param name="width">Units that it may take: a longer text is smaller, and then loses its middle.</param>
    public void Text(
        string text, float x, float baseline, TextStyle style, Align align = Align.Left, SKColor? color = null, float width = float.PositiveInfinity)
    {
        if (!float.IsPositiveInfinity(width)) (text, style) = style.Fit(text, width);
        if (align != Align.Left) x -= style.Measure(text) / (align == Align.Center ? 2 : 1);
        using var path = style.Outline(text);
        path.Transform(SKMatrix.CreateTranslation(x, baseline));
        Fill(path, color ?? Theme.Ink);
    }

    /// <summary>One line of text that reads upwards, centred on a point.</summary>
    public void TextUpwards(string text, float x, float middle, TextStyle style, SKColor? color = null)
    {
        Skia.Save();
        Skia.RotateDegrees(-90, x, middle);
        Text(text, x, middle, style, Align.Center, color);
        Skia.Restore();
    }

    /// <summary>Fills a rectangle.</summary>
    public void Fill(SKRect area, SKColor color, float radius = 0)
    {
        using var paint = new SKPaint { Color = color, IsAntialias = true };
        if (radius > 0) Skia.DrawRoundRect(area, radius, radius, paint);
        else Skia.DrawRect(area, paint);
    }

    /// <summary>Fills a rectangle with colours that run evenly from its top to its bottom.</summary>
    public void Gradient(SKRect area, SKColor[] colors)
    {
        using var shader = SKShader.CreateLinearGradient(
            new SKPoint(area.Left, area.Top), new SKPoint(area.Left, area.Bottom), colors, SKShaderTileMode.Clamp);
        using var paint = new SKPaint { Shader = shader };
        Skia.DrawRect(area, paint);
    }

    /// <summary>Fills a shape.</summary>
    public void Fill(SKPath path, SKColor color)
    {
        using var paint = new SKPaint { Color = color, IsAntialias = true };
        Skia.DrawPath(path, paint);
    }

    /// <summary>Draws a line around a rectangle, outside of it, so that it hides nothing.</summary>
    public void Frame(SKRect area, SKColor color, float width = 1, float radius = 0)
    {
        using var paint = Stroke(color, width);
        area.Inflate(width / 2, width / 2);
        if (radius > 0) Skia.DrawRoundRect(area, radius, radius, paint);
        else Skia.DrawRect(area, paint);
    }

    /// <summary>Draws a line between two points.</summary>
    public void Line(float x1, float y1, float x2, float y2, SKColor color, float width = 1)
    {
        using var paint = Stroke(color, width);
        Skia.DrawLine(x1, y1, x2, y2, paint);
    }

    /// <summary>Draws the outline of a shape, such as a curve.</summary>
    public void Outline(SKPath path, SKColor color, float width = 1)
    {
        using var paint = Stroke(color, width);
        Skia.DrawPath(path, paint);
    }

    /// <summary>Draws a curve through points.</summary>
    public void Curve(ReadOnlySpan<SKPoint> points, SKColor color, float width = 1)
    {
        if (points.Length == 0) return;
        using var builder = new SKPathBuilder();
        builder.MoveTo(points[0]);
        foreach (var point in points[1..]) builder.LineTo(point);
        using var path = builder.Detach();
        Outline(path, color, width);
    }

    /// <summary>Draws an arrow whose tip is at the second point.</summary>
    public void Arrow(float x1, float y1, float x2, float y2, SKColor color, float width = 1.5f)
    {
        float length = MathF.Sqrt((x2 - x1) * (x2 - x1) + (y2 - y1) * (y2 - y1));
        if (length == 0) return;
        float dx = (x2 - x1) / length, dy = (y2 - y1) / length, head = 4 * width;
        float backX = x2 - head * dx, backY = y2 - head * dy;
        Line(x1, y1, backX, backY, color, width);
        using var builder = new SKPathBuilder();
        builder.MoveTo(x2, y2);
        builder.LineTo(backX - 0.45f * head * dy, backY + 0.45f * head * dx);
        builder.LineTo(backX + 0.45f * head * dy, backY - 0.45f * head * dx);
        builder.Close();
        using var tip = builder.Detach();
        Fill(tip, color);
    }

    /// <summary>Draws values as coloured cells with sharp edges.</summary>
    /// <param name="values">[rows, columns].</param>
    /// <param name="columns">Values of a row.</param>
    /// <param name="area">Where; sharpest where each cell covers whole units.</param>
    /// <param name="scale">The colours of the values.</param>
    public void HeatMap(ReadOnlySpan<float> values, int columns, SKRect area, ColorScale scale)
    {
        var colors = new SKColor[values.Length];
        for (int i = 0; i < colors.Length; i++) colors[i] = scale.ColorOf(values[i]);
        Cells(colors, columns, area);
    }

    /// <summary>Draws an image [C,H,W] of values from 0 to 1: colours where it has three channels, else the first one in grey.</summary>
    public void Image(ReadOnlySpan<float> image, TensorShape shape, SKRect area)
    {
        int plane = shape.Height * shape.Width;
        var colors = new SKColor[plane];
        for (int i = 0; i < plane; i++)
        {
            byte red = Level(image[i]);
            colors[i] = shape.Channels == 3 ? new SKColor(red, Level(image[plane + i]), Level(image[2 * plane + i])) : new SKColor(red, red, red);
        }
        Cells(colors, shape.Width, area);
    }

    /// <summary>Draws coloured cells with sharp edges.</summary>
    /// <param name="colors">[rows, columns].</param>
    /// <param name="columns">Cells of a row.</param>
    /// <param name="area">Where.</param>
    public void Cells(ReadOnlySpan<SKColor> colors, int columns, SKRect area)
    {
        if (colors.Length == 1)
        {
            Fill(area, colors[0]);
            return;
        }
        // Viewers of SVG smooth the pixels of a picture that they enlarge, so it has many for each cell.
        int rows = colors.Length / columns;
        int factor = _isVector ? Math.Clamp(MostVectorPixels / Math.Max(columns, rows), 1, VectorPixelsPerCell) : 1;
        using var bitmap = new SKBitmap(new SKImageInfo(columns * factor, rows * factor, SKColorType.Rgba8888, SKAlphaType.Opaque));
        var pixels = new SKColor[bitmap.Width * bitmap.Height];
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] = colors[i / bitmap.Width / factor * columns + i % bitmap.Width / factor];
        bitmap.Pixels = pixels;
        using var image = SKImage.FromBitmap(bitmap);
        Skia.DrawImage(image, area, new SKSamplingOptions(SKFilterMode.Nearest));
    }

    private static byte Level(float value) => (byte)MathF.Round(255 * Math.Clamp(value, 0, 1));

    private static SKPaint Stroke(SKColor color, float width) => new()
    {
        Color = color,
        IsAntialias = true,
        Style = SKPaintStyle.Stroke,
        StrokeWidth = width,
        StrokeJoin = SKStrokeJoin.Round,
        StrokeCap = SKStrokeCap.Butt,
    };
}
