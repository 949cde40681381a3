using SkiaSharp;

namespace StaticCnn.Figures.Drawing;

/// <summary>A chart's rectangle and what its edges mean.</summary>
/// <param name="Area">Where the curves are drawn.</param>
/// <param name="X">Values at the left and right edge.</param>
/// <param name="Y">Values at the bottom and top edge.</param>
/// <param name="LogY">Whether equal distances upwards are equal ratios; both values are then positive.</param>
internal readonly record struct Axes(SKRect Area, (double Low, double High) X, (double Low, double High) Y, bool LogY = false)
{
    public float XOf(double x) => Area.Left + (float)((x - X.Low) / (X.High - X.Low)) * Area.Width;

    public float YOf(double y)
    {
        double share = LogY
            ? Math.Log(Math.Max(y, Math.Min(Y.Low, Y.High) / 10) / Y.Low) / Math.Log(Y.High / Y.Low)
            : (y - Y.Low) / (Y.High - Y.Low);
        return Area.Bottom - (float)Math.Clamp(share, -0.05, 1.05) * Area.Height;
    }

    /// <summary>Draws a curve through (x, y), cut at the chart's edges.</summary>
    public void Curve(Canvas canvas, IReadOnlyList<(double X, double Y)> points, SKColor color, float width)
    {
        var places = new SKPoint[points.Count];
        for (int i = 0; i < places.Length; i++) places[i] = new SKPoint(XOf(points[i].X), YOf(points[i].Y));
        canvas.Skia.Save();
        canvas.Skia.ClipRect(Area);
        canvas.Curve(places, color, width);
        canvas.Skia.Restore();
    }

    /// <summary>Fills what lies between two curves, cut at the chart's edges.</summary>
    public void Band(Canvas canvas, IReadOnlyList<(double X, double Low, double High)> points, SKColor color)
    {
        if (points.Count == 0) return;
        using var builder = new SKPathBuilder();
        builder.MoveTo(XOf(points[0].X), YOf(points[0].High));
        foreach (var (x, _, high) in points) builder.LineTo(XOf(x), YOf(high));
        foreach (var (x, low, _) in points.Reverse()) builder.LineTo(XOf(x), YOf(low));
        builder.Close();
        using var path = builder.Detach();
        canvas.Skia.Save();
        canvas.Skia.ClipRect(Area);
        canvas.Fill(path, color);
        canvas.Skia.Restore();
    }

    /// <summary>Draws a horizontal line across the chart, and its text at the left.</summary>
    public void LevelLine(Canvas canvas, double y, string text)
    {
        float place = YOf(y);
        canvas.Line(Area.Left, place, Area.Right, place, canvas.Theme.Line);
        canvas.Text(text, Area.Left - 8, place + 4, TextStyle.Small, Align.Right, canvas.Theme.Muted);
    }

    /// <summary>Draws a vertical line through the chart, and its text below.</summary>
    public void UprightLine(Canvas canvas, double x, string text)
    {
        float place = XOf(x);
        canvas.Line(place, Area.Top, place, Area.Bottom, canvas.Theme.Line);
        canvas.Text(text, place, Area.Bottom + 17, TextStyle.Small, Align.Center, canvas.Theme.Muted);
    }
}
