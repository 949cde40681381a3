using System.Globalization;
using SkiaSharp;
using StaticCnn.Figures.Drawing;

namespace StaticCnn.Figures.Motion;

/// <summary>Words and colours that the views of a kernel share.</summary>
internal static class SceneText
{
    public static string Subtitle(SlidingKernel kernel)
    {
        var o = kernel.Options;
        string step = o.StrideHeight == o.StrideWidth ? Invariant($"{o.StrideHeight}") : Invariant($"{o.StrideHeight} down, {o.StrideWidth} across");
        string padding = o.PaddingHeight == o.PaddingWidth ? Invariant($"{o.PaddingHeight}") : Invariant($"{o.PaddingHeight} above and below, {o.PaddingWidth} at the sides");
        string of = kernel.Layer.Input.Channels == 1 ? "" : Invariant($" for each of {kernel.Layer.Input.Channels} channels");
        return Invariant($"{kernel.Rows}×{kernel.Columns} learned weights{of}, step {step}, padding {padding}");
    }

    public static string InputName(SlidingKernel kernel) =>
        kernel.Options is { PaddingHeight: 0, PaddingWidth: 0 } ? "input" : "padded input";

    public static string Size(int rows, int columns) => Invariant($"{rows}×{columns}");

    /// <summary>Grey for an image's values, which lie in 0 to 1, else what fits the values.</summary>
    public static ColorScale InputScale(SlidingKernel kernel)
    {
        float low = 0, high = 0;
        foreach (float value in kernel.Input) (low, high) = (Math.Min(low, value), Math.Max(high, value));
        return low < 0 ? ColorScale.Diverging(kernel.Input) : high <= 1 ? ColorScale.Image : ColorScale.Sequential(kernel.Input);
    }

    /// <summary>A number with two decimals, or as many as are given, and a real minus sign.</summary>
    public static string Number(float value, int decimals = 2)
    {
        string text = Math.Round((double)value, decimals).ToString($"F{decimals}", CultureInfo.InvariantCulture);
        return text.StartsWith('-') && text.AsSpan(1).IndexOfAnyExcept('0', '.') < 0 ? text[1..] : text.Replace('-', '\u2212');
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}

/// <summary>Cells without a value, such as the padding: no colour of a scale, but a pattern of their own.</summary>
internal static class EmptyCells
{
    public static void Draw(Canvas canvas, SKRect area, float pixel)
    {
        canvas.Fill(area, canvas.Theme.Panel);
        for (float x = area.Left + pixel; x < area.Right - pixel / 2; x += pixel) canvas.Line(x, area.Top, x, area.Bottom, canvas.Theme.Line, 0.5f);
        for (float y = area.Top + pixel; y < area.Bottom - pixel / 2; y += pixel) canvas.Line(area.Left, y, area.Right, y, canvas.Theme.Line, 0.5f);
    }
}

/// <summary>The output as far as it has appeared.</summary>
internal static class MapView
{
    public static ColorScale ScaleOf(SlidingKernel kernel) => ColorScale.Diverging(kernel.Output);

    public static void Draw(Canvas canvas, SKRect area, SlidingKernel kernel, int done)
    {
        var scale = ScaleOf(kernel);
        int columns = kernel.Layer.Output.Width, rows = done / columns, rest = done % columns;
        float pixel = area.Width / columns, bottom = area.Top + rows * pixel;
        EmptyCells.Draw(canvas, area, pixel);
        if (rows > 0) canvas.HeatMap(kernel.Output.AsSpan(0, rows * columns), columns, new SKRect(area.Left, area.Top, area.Right, bottom), scale);
        if (rest > 0) canvas.HeatMap(kernel.Output.AsSpan(rows * columns, rest), rest, new SKRect(area.Left, bottom, area.Left + rest * pixel, bottom + pixel), scale);
        canvas.Frame(area, canvas.Theme.Line);
    }
}

/// <summary>Cells that are coloured by their value and, where there is room, show it.</summary>
internal static class NumberGrid
{
    private const float LeastCell = 24; // That a number with two decimals fits into.

    /// <param name="canvas">Where to draw.</param>
    /// <param name="area">The cells' place.</param>
    /// <param name="columns">Cells of a row.</param>
    /// <param name="values">[rows, columns]; null is empty, as the padding is.</param>
    /// <param name="scale">The colours of the values.</param>
    /// <param name="numbers">Whether to write the values.</param>
    public static void Draw(Canvas canvas, SKRect area, int columns, float?[] values, ColorScale scale, bool numbers)
    {
        float cell = area.Width / columns;
        canvas.Cells([.. values.Select(value => value is { } known ? scale.ColorOf(known) : canvas.Theme.Panel)], columns, area);
        for (int i = 0; numbers && cell >= LeastCell && i < values.Length; i++)
        {
            if (values[i] is not { } value) continue;
            string text = SceneText.Number(value);
            var style = new TextStyle(cell >= 32 ? 10.5f : 9);
            canvas.Text(
                text, area.Left + (i % columns + 0.5f) * cell, area.Top + (i / columns + 0.5f) * cell + style.Size * 0.36f, style, Align.Center,
                InkOn(scale.ColorOf(value)));
        }
        canvas.Frame(area, canvas.Theme.Line);
    }

    /// <summary>Black or white, whichever is easier to read on a colour.</summary>
    private static SKColor InkOn(SKColor color) =>
        0.299 * color.Red + 0.587 * color.Green + 0.114 * color.Blue > 140 ? new SKColor(0xFF14181D) : SKColors.White;
}

/// <summary>The addition that gives one pixel of the output.</summary>
internal static class SumView
{
    public const float Width = 196;

    private const float NumberRight = 142;

    public static void Draw(Canvas canvas, float left, float middle, SlidingKernel kernel, Moment moment, ColorScale scale)
    {
        var theme = canvas.Theme;
        Line("sum of products", kernel.Sum(moment.Place), middle - 30);
        Line("+ bias", kernel.Bias, middle - 6, always: true);
        canvas.Line(left, middle + 5, left + NumberRight + 4, middle + 5, theme.Line);
        bool isDone = moment.Done > moment.Place;
        float output = kernel.Output[moment.Place];
        canvas.Text("= output", left, middle + 26, TextStyle.Heading);
        if (!isDone) return;
        if (moment.IsSlow) canvas.Text(SceneText.Number(output, decimals: 3), left + NumberRight, middle + 26, TextStyle.Heading, Align.Right);
        var swatch = new SKRect(left + NumberRight + 14, middle + 11, left + NumberRight + 34, middle + 31);
        canvas.Fill(swatch, scale.ColorOf(output));
        canvas.Frame(swatch, theme.Second, 2.5f);

        void Line(string name, float value, float y, bool always = false)
        {
            canvas.Text(name, left, y, TextStyle.Body, color: theme.Muted);
            if (always || (moment.HasSum && moment.IsSlow)) canvas.Text(SceneText.Number(value, decimals: 3), left + NumberRight, y, TextStyle.Body, Align.Right);
        }
    }
}
