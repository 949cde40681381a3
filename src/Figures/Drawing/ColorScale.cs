using SkiaSharp;

namespace StaticCnn.Figures.Drawing;

/// <summary>The colours of a range of values.</summary>
/// <param name="Map">The colours.</param>
/// <param name="Low">The value of the first colour.</param>
/// <param name="High">The value of the last colour.</param>
public sealed record ColorScale(ColorMap Map, float Low, float High)
{
    private const int Stops = 64;

    /// <summary>Grey from 0 to 1, for images.</summary>
    public static ColorScale Image { get; } = new(ColorMap.Gray, 0, 1);

    /// <summary>Viridis from 0 to the largest value; from the smallest where one is negative.</summary>
    public static ColorScale Sequential(ReadOnlySpan<float> values)
    {
        float low = 0, high = 0;
        foreach (float value in values) (low, high) = (MathF.Min(low, value), MathF.Max(high, value));
        return new ColorScale(ColorMap.Viridis, low, high > low ? high : low + 1);
    }

    /// <summary>Red for negative values and blue for positive ones, white at zero, as far as the largest magnitude.</summary>
    public static ColorScale Diverging(ReadOnlySpan<float> values)
    {
        float bound = 0;
        foreach (float value in values) bound = MathF.Max(bound, MathF.Abs(value));
        if (bound == 0) bound = 1;
        return new ColorScale(ColorMap.RdBu, -bound, bound);
    }

    /// <summary>The colour of a value.</summary>
    public SKColor ColorOf(float value) => Map.At(((double)value - Low) / ((double)High - Low));

    /// <summary>Draws the scale as an upright bar with its values on the right.</summary>
    /// <param name="canvas">Where to draw.</param>
    /// <param name="area">The bar; its values need about 40 units more.</param>
    public void DrawUpright(Canvas canvas, SKRect area)
    {
        SKColor[] colors = [.. Enumerable.Range(0, Stops + 1).Select(stop => Map.At(1 - (double)stop / Stops))];
        canvas.Gradient(area, colors);
        canvas.Frame(area, canvas.Theme.Line);
        foreach (double tick in Ticks.Of(Low, High, (int)Math.Clamp(area.Height / 36, 2, 7)))
        {
            float y = area.Bottom - (float)((tick - Low) / ((double)High - Low)) * area.Height;
            canvas.Line(area.Right + 1, y, area.Right + 5, y, canvas.Theme.Muted);
            canvas.Text(Ticks.Text(tick), area.Right + 8, y + 4, TextStyle.Small, color: canvas.Theme.Muted);
        }
    }
}
