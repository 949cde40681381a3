using SkiaSharp;
using StaticCnn.Figures.Drawing;

namespace StaticCnn.Figures.Motion;

/// <summary>A kernel over an input of one channel: above the input and the output, below the multiplication in numbers.</summary>
internal sealed class FlatScene : IScene
{
    private const float Room = 340; // Of the input's side and of the output's.
    private const float StripRoom = 160; // Of the window's side, the kernel's and the products'.
    private const float Top = Canvas.HeaderBottom + 26;
    private const float OperatorWidth = 38;
    private const float BetweenMaps = 56;

    private readonly SlidingKernel _kernel;
    private readonly int _label;
    private readonly float _pixel, _cell;
    private readonly SKRect _window, _weights, _products;

    public FlatScene(SlidingKernel kernel, int label)
    {
        (_kernel, _label) = (kernel, label);
        var output = kernel.Layer.Output;
        _pixel = Grid.PixelSize(Math.Max(Math.Max(kernel.PaddedRows, kernel.PaddedColumns), Math.Max(output.Height, output.Width)), Room);
        _cell = Math.Min(44, Grid.PixelSize(Math.Max(kernel.Rows, kernel.Columns), StripRoom));
        Padded = Place(Canvas.Margin, Top, kernel.PaddedColumns, kernel.PaddedRows, _pixel);
        Map = Place(Padded.Right + BetweenMaps, Top + (Padded.Height - _pixel * output.Height) / 2, output.Width, output.Height, _pixel);
        float strip = Math.Max(Padded.Bottom, Map.Bottom) + 40, width = _cell * kernel.Columns;
        _window = Place(Canvas.Margin, strip, kernel.Columns, kernel.Rows, _cell);
        _weights = Place(_window.Right + OperatorWidth, strip, kernel.Columns, kernel.Rows, _cell);
        _products = Place(_weights.Right + OperatorWidth, strip, kernel.Columns, kernel.Rows, _cell);
        Width = (int)Math.Max(Map.Right + 72, _products.Right + SumView.Width + OperatorWidth) + Canvas.Margin;
        Height = (int)(strip + Math.Max(width, _cell * kernel.Rows)) + 22 + Canvas.Margin;
    }

    /// <inheritdoc/>
    public int Width { get; }

    /// <inheritdoc/>
    public int Height { get; }

    /// <inheritdoc/>
    public int FastFrames => 200;

    /// <summary>The input with its padding.</summary>
    public SKRect Padded { get; }

    /// <summary>The output.</summary>
    public SKRect Map { get; }

    /// <summary>Where the window stands.</summary>
    public SKRect WindowAt(Moment moment) =>
        Place(Padded.Left + moment.Column * _pixel, Padded.Top + moment.Row * _pixel, _kernel.Columns, _kernel.Rows, _pixel);

    /// <summary>Where an output's pixel stands.</summary>
    public SKRect PixelOf(int place) => Place(
        Map.Left + place % _kernel.Layer.Output.Width * _pixel, Map.Top + place / _kernel.Layer.Output.Width * _pixel, 1, 1, _pixel);

    /// <inheritdoc/>
    public void Draw(Canvas canvas, Moment moment)
    {
        var layer = _kernel.Layer;
        canvas.Header($"{layer.Name}, kernel {_kernel.Channel}, on a digit {_label}", SceneText.Subtitle(_kernel));
        Caption(canvas, Padded, SceneText.InputName(_kernel), SceneText.Size(_kernel.PaddedRows, _kernel.PaddedColumns));
        Caption(canvas, Map, $"output map {_kernel.Channel}", SceneText.Size(layer.Output.Height, layer.Output.Width));
        DrawInput(canvas);
        MapView.Draw(canvas, Map, _kernel, moment.Done);
        var scale = MapView.ScaleOf(_kernel);
        scale.DrawUpright(canvas, new SKRect(Map.Right + 16, Map.Top, Map.Right + 28, Map.Bottom));
        DrawStrip(canvas, moment);

        var color = canvas.Theme.Second;
        var window = WindowAt(moment);
        canvas.Line(window.Left, window.Bottom, _window.Left, _window.Top, color.WithAlpha(150));
        canvas.Line(window.Right, window.Bottom, _window.Right, _window.Top, color.WithAlpha(150));
        canvas.Frame(window, color, 2.5f);
        if (moment.Done > moment.Place) canvas.Frame(PixelOf(moment.Place), color, 2.5f);
        canvas.Frame(_window, color, 2.5f);
    }

    private void DrawInput(Canvas canvas)
    {
        var layer = _kernel.Layer;
        EmptyCells.Draw(canvas, Padded, _pixel);
        var area = Place(
            Padded.Left + _kernel.Options.PaddingWidth * _pixel, Padded.Top + _kernel.Options.PaddingHeight * _pixel, layer.Input.Width, layer.Input.Height, _pixel);
        canvas.HeatMap(_kernel.Plane(0), layer.Input.Width, area, SceneText.InputScale(_kernel));
        canvas.Frame(Padded, canvas.Theme.Line);
    }

    private void DrawStrip(Canvas canvas, Moment moment)
    {
        var (inputScale, weightScale) = (SceneText.InputScale(_kernel), _kernel.WeightScale);
        var window = _kernel.Window(0, moment.Place);
        float[] products = _kernel.Products(0, moment.Place);
        var productScale = ColorScale.Diverging([weightScale.High * Math.Max(inputScale.High, -inputScale.Low)]);
        bool numbers = moment.IsSlow;
        NumberGrid.Draw(canvas, _window, _kernel.Columns, window, inputScale, numbers);
        NumberGrid.Draw(canvas, _weights, _kernel.Columns, [.. _kernel.Slice(0).ToArray().Select(weight => (float?)weight)], weightScale, numbers: true);
        NumberGrid.Draw(
            canvas, _products, _kernel.Columns,
            [.. products.Select((product, i) => i / _kernel.Columns < moment.ProductRows ? (float?)product : null)], productScale, numbers);
        CaptionBelow(canvas, _window, "window");
        CaptionBelow(canvas, _weights, "× weights");
        CaptionBelow(canvas, _products, "= products");
        SumView.Draw(canvas, _products.Right + OperatorWidth, _products.MidY, _kernel, moment, MapView.ScaleOf(_kernel));
    }

    private static void CaptionBelow(Canvas canvas, SKRect area, string name) => canvas.Text(name, area.Left, area.Bottom + 20, TextStyle.Heading);

    private static void Caption(Canvas canvas, SKRect area, string name, string size)
    {
        canvas.Text(name, area.Left, area.Top - 9, TextStyle.Heading);
        canvas.Text(size, area.Left + TextStyle.Heading.Measure(name) + 8, area.Top - 9, TextStyle.Label, color: canvas.Theme.Muted);
    }

    private static SKRect Place(float left, float top, int columns, int rows, float pixel) => new(left, top, left + columns * pixel, top + rows * pixel);
}
