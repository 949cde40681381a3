using System.Globalization;
using SkiaSharp;
using StaticCnn.Figures.Drawing;

namespace StaticCnn.Figures.Motion;

/// <summary>A kernel over several channels: a block that slides through the stack of them, and what each channel adds to the sum.</summary>
internal sealed class VolumeScene : IScene
{
    private const int MostChannels = 16;
    private const float Room = 150; // Of a plane's side before it is slanted.
    private const float Narrow = 0.42f, Slant = 0.24f; // How a plane is seen from the side.
    private const float StackWidth = 720;
    private const float WidestSpacing = 90;
    private const float StripWidth = 500;
    private const float MapRoom = 182;
    private const float BarRoom = 64;
    private const float LabelWidth = 56;

    private readonly SlidingKernel _kernel;
    private readonly int _label;
    private readonly int[] _channels;
    private readonly float _pixel, _spacing, _cell, _columnWidth, _stripTop;

    public VolumeScene(SlidingKernel kernel, int label)
    {
        (_kernel, _label) = (kernel, label);
        _channels = Strongest(kernel);
        _pixel = Room / Math.Max(kernel.PaddedRows, kernel.PaddedColumns);
        float plane = _pixel * kernel.PaddedColumns * Narrow;
        _spacing = Math.Min(WidestSpacing, (StackWidth - plane) / Math.Max(1, _channels.Length - 1));
        StackTop = Canvas.HeaderBottom + 26;
        float stackBottom = StackTop + _pixel * (kernel.PaddedRows + kernel.PaddedColumns * Slant);
        _stripTop = stackBottom + 52;
        _columnWidth = Math.Min(72, (StripWidth - LabelWidth) / _channels.Length);
        _cell = Math.Min((_columnWidth - 5) / kernel.Columns, 40f / kernel.Rows);
        var output = kernel.Layer.Output;
        float pixel = Grid.PixelSize(Math.Max(output.Height, output.Width), MapRoom), left = Canvas.Margin + StripWidth + 36;
        Map = new SKRect(left, _stripTop, left + pixel * output.Width, _stripTop + pixel * output.Height);
        Width = (int)Math.Max(StackWidth + Canvas.Margin, Map.Right + 72) + Canvas.Margin;
        Height = (int)(Math.Max(Map.Bottom, BarMiddle + BarRoom / 2) + 42 + Canvas.Margin);
    }

    /// <inheritdoc/>
    public int Width { get; }

    /// <inheritdoc/>
    public int Height { get; }

    /// <inheritdoc/>
    public int FastFrames => 100;

    /// <summary>The output.</summary>
    public SKRect Map { get; }

    private float StackTop { get; }

    private float RowHeight => _cell * _kernel.Rows + 10;

    private float BarMiddle => _stripTop + 3 * RowHeight + 8 + BarRoom / 2;

    /// <summary>The corners of the window on one of the planes, from the top left clockwise.</summary>
    public SKPoint[] WindowAt(int plane, Moment moment) =>
        Quad(plane, moment.Column, moment.Row, moment.Column + _kernel.Columns, moment.Row + _kernel.Rows);

    /// <summary>Where an output's pixel stands.</summary>
    public SKRect PixelOf(int place)
    {
        float pixel = Map.Width / _kernel.Layer.Output.Width;
        float x = Map.Left + place % _kernel.Layer.Output.Width * pixel, y = Map.Top + place / _kernel.Layer.Output.Width * pixel;
        return new SKRect(x, y, x + pixel, y + pixel);
    }

    /// <inheritdoc/>
    public void Draw(Canvas canvas, Moment moment)
    {
        var layer = _kernel.Layer;
        canvas.Header($"{layer.Name}, kernel {_kernel.Channel}, on a digit {_label}", SceneText.Subtitle(_kernel));
        string shown = _channels.Length == layer.Input.Channels ? "" : $", the {_channels.Length} with the largest weights";
        canvas.Text(SceneText.InputName(_kernel), Canvas.Margin, StackTop - 9, TextStyle.Heading);
        canvas.Text(
            $"{layer.Input.Channels} channels of {SceneText.Size(_kernel.PaddedRows, _kernel.PaddedColumns)}{shown}",
            Canvas.Margin + TextStyle.Heading.Measure(SceneText.InputName(_kernel)) + 8, StackTop - 9, TextStyle.Label, color: canvas.Theme.Muted);
        DrawStack(canvas, moment);
        DrawStrip(canvas, moment);
        canvas.Text($"output map {_kernel.Channel}", Map.Left, Map.Top - 9, TextStyle.Heading);
        MapView.Draw(canvas, Map, _kernel, moment.Done);
        var scale = MapView.ScaleOf(_kernel);
        scale.DrawUpright(canvas, new SKRect(Map.Right + 16, Map.Top, Map.Right + 28, Map.Bottom));
        if (moment.Done > moment.Place) canvas.Frame(PixelOf(moment.Place), canvas.Theme.Second, 2.5f);
        DrawSum(canvas, moment, scale);
    }

    /// <summary>From the last plane to the first, which hides parts of those behind it.</summary>
    private void DrawStack(Canvas canvas, Moment moment)
    {
        var scale = SceneText.InputScale(_kernel);
        var color = canvas.Theme.Second;
        for (int plane = _channels.Length - 1; plane >= 0; plane--)
        {
            canvas.Skia.Save();
            var origin = At(plane, 0, 0);
            canvas.Skia.Concat(new SKMatrix(_pixel * Narrow, 0, origin.X, _pixel * Slant, _pixel, origin.Y, 0, 0, 1));
            DrawPlane(canvas, _channels[plane], scale);
            canvas.Skia.Restore();
            Outline(canvas, Quad(plane, 0, 0, _kernel.PaddedColumns, _kernel.PaddedRows), canvas.Theme.Line, 1);
            var window = WindowAt(plane, moment);
            if (plane + 1 < _channels.Length)
            {
                var behind = WindowAt(plane + 1, moment);
                for (int corner = 0; corner < 4; corner++)
                    canvas.Line(window[corner].X, window[corner].Y, behind[corner].X, behind[corner].Y, color.WithAlpha(110));
            }
            Outline(canvas, window, color, 2);
        }
    }

    private void DrawPlane(Canvas canvas, int channel, ColorScale scale)
    {
        var (input, options) = (_kernel.Layer.Input, _kernel.Options);
        canvas.Fill(new SKRect(0, 0, _kernel.PaddedColumns, _kernel.PaddedRows), canvas.Theme.Panel);
        canvas.HeatMap(
            _kernel.Plane(channel), input.Width,
            SKRect.Create(options.PaddingWidth, options.PaddingHeight, input.Width, input.Height), scale);
    }

    private void DrawStrip(Canvas canvas, Moment moment)
    {
        var theme = canvas.Theme;
        var (inputScale, weightScale) = (SceneText.InputScale(_kernel), _kernel.WeightScale);
        var productScale = ColorScale.Diverging([weightScale.High * Math.Max(inputScale.High, -inputScale.Low) / 2]);
        string[] rows = ["window", "× weights", "= products"];
        float labelRight = Canvas.Margin + LabelWidth;
        for (int row = 0; row < rows.Length; row++)
            canvas.Text(rows[row], Canvas.Margin, _stripTop + row * RowHeight + _cell * _kernel.Rows / 2 + 4, TextStyle.Small, color: theme.Muted);
        canvas.Text("sum", Canvas.Margin, BarMiddle + 4, TextStyle.Small, color: theme.Muted);
        float largest = Largest();
        canvas.Line(labelRight + 8, BarMiddle, labelRight + 8 + _channels.Length * _columnWidth, BarMiddle, theme.Line);
        for (int i = 0; i < _channels.Length; i++)
        {
            float left = labelRight + 8 + i * _columnWidth;
            canvas.Text(
                _channels[i].ToString(CultureInfo.InvariantCulture), left + _cell * _kernel.Columns / 2, _stripTop - 9, TextStyle.Small, Align.Center, theme.Muted);
            float[] products = _kernel.Products(_channels[i], moment.Place);
            NumberGrid.Draw(canvas, Slot(left, 0), _kernel.Columns, _kernel.Window(_channels[i], moment.Place), inputScale, numbers: false);
            NumberGrid.Draw(canvas, Slot(left, 1), _kernel.Columns, [.. _kernel.Slice(_channels[i]).ToArray().Select(weight => (float?)weight)], weightScale, numbers: false);
            NumberGrid.Draw(
                canvas, Slot(left, 2), _kernel.Columns,
                [.. products.Select((product, j) => j / _kernel.Columns < moment.ProductRows ? (float?)product : null)], productScale, numbers: false);
            if (!moment.HasSum) continue;
            float sum = products.Sum(), height = Math.Clamp(sum / largest, -1, 1) * BarRoom / 2;
            var bar = new SKRect(left + 2, Math.Min(BarMiddle, BarMiddle - height), left + _cell * _kernel.Columns - 2, Math.Max(BarMiddle, BarMiddle - height));
            canvas.Fill(bar, sum < 0 ? ColorMap.RdBu.At(0.15) : ColorMap.RdBu.At(0.85));
        }
    }

    private void DrawSum(Canvas canvas, Moment moment, ColorScale scale)
    {
        float y = BarMiddle + BarRoom / 2 + 34, x = Canvas.Margin;
        bool isDone = moment.Done > moment.Place;
        x = Word("sum over all channels", moment is { HasSum: true, IsSlow: true } ? SceneText.Number(_kernel.Sum(moment.Place), decimals: 3) : "", x);
        x = Word("+ bias", SceneText.Number(_kernel.Bias, decimals: 3), x);
        x = Word("= output", isDone && moment.IsSlow ? SceneText.Number(_kernel.Output[moment.Place], decimals: 3) : "", x);
        if (!isDone) return;
        var swatch = new SKRect(x, y - 15, x + 20, y + 5);
        canvas.Fill(swatch, scale.ColorOf(_kernel.Output[moment.Place]));
        canvas.Frame(swatch, canvas.Theme.Second, 2.5f);

        float Word(string name, string number, float left)
        {
            canvas.Text(name, left, y, TextStyle.Body, color: canvas.Theme.Muted);
            left += TextStyle.Body.Measure(name) + 56;
            canvas.Text(number, left, y, TextStyle.Heading, Align.Right);
            return left + 20;
        }
    }

    private SKRect Slot(float left, int row) => SKRect.Create(left, _stripTop + row * RowHeight, _cell * _kernel.Columns, _cell * _kernel.Rows);

    /// <summary>The largest amount that one channel adds anywhere, for the bars' scale.</summary>
    private float Largest()
    {
        _largest ??= _channels.Max(channel => Enumerable.Range(0, _kernel.Output.Length).Max(place => Math.Abs(_kernel.Products(channel, place).Sum())));
        return Math.Max(_largest.Value, float.Epsilon);
    }

    private float? _largest;

    private SKPoint At(int plane, float column, float row) => new(
        Canvas.Margin + plane * _spacing + column * _pixel * Narrow, StackTop + column * _pixel * Slant + row * _pixel);

    private SKPoint[] Quad(int plane, float left, float top, float right, float bottom) =>
        [At(plane, left, top), At(plane, right, top), At(plane, right, bottom), At(plane, left, bottom)];

    private static void Outline(Canvas canvas, SKPoint[] corners, SKColor color, float width)
    {
        using var builder = new SKPathBuilder();
        builder.MoveTo(corners[0]);
        foreach (var corner in corners.AsSpan(1)) builder.LineTo(corner);
        builder.Close();
        using var path = builder.Detach();
        canvas.Outline(path, color, width);
    }

    /// <summary>The channels whose weights are largest in all, in their order; there may be more than can be drawn.</summary>
    private static int[] Strongest(SlidingKernel kernel) =>
        [.. Enumerable.Range(0, kernel.Layer.Input.Channels)
            .OrderByDescending(channel => kernel.Slice(channel).ToArray().Sum(Math.Abs)).ThenBy(channel => channel)
            .Take(MostChannels).Order()];
}
