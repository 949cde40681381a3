using System.Globalization;
using SkiaSharp;
using StaticCnn.Figures.Drawing;

namespace StaticCnn.Figures;

/// <summary>What a layer makes of an image: its feature maps.</summary>
public static class FeaturesFigure
{
    private const float InputRoom = 196;
    private const float MapsRoom = 420;

    /// <summary>Draws an image and the outputs of a layer, by default of the ReLU behind the first convolution.</summary>
    /// <param name="model">The network.</param>
    /// <param name="image">The image, [C,H,W].</param>
    /// <param name="layer">The layer's name.</param>
    /// <exception cref="FigureException">There is no such layer.</exception>
    public static Figure Create<TModel>(TModel model, ReadOnlySpan<float> image, string? layer = null) where TModel : class, ICnnModel<TModel> =>
        Create(Activations.Of(model, image), layer is null ? DefaultLayer(TModel.Layers) : Activations.IndexOf(TModel.Layers, layer));

    /// <summary>The layer that is drawn unless one is named: the ReLU behind the first convolution, else the first layer with maps, else the first.</summary>
    public static int DefaultLayer(ReadOnlySpan<LayerInfo> layers)
    {
        for (int layer = 0; layer < layers.Length; layer++)
        {
            if (layers[layer].Attribute is Conv2dAttribute)
                return layer + 1 < layers.Length && layers[layer + 1].Attribute is ReLUAttribute ? layer + 1 : layer;
        }
        return 0;
    }

    private static Figure Create(Activations activations, int layer)
    {
        var input = activations.Layers[0].Input;
        var output = activations.Layers[layer].Output;
        float[] values = activations[layer];
        string name = Wording.NameOf(activations.Layers.AsSpan(), layer);
        var scale = ColorScale.Sequential(values);

        // A vector is drawn as maps of one pixel each, large enough to be told apart.
        int columns = Grid.ColumnsOf(output.Channels);
        int rows = (output.Channels + columns - 1) / columns;
        bool numbered = output.Channels <= 64;
        float gapX = output.Height * output.Width > 1 ? 10 : output.Channels > 256 ? 1 : 4, gapY = numbered ? 20 : gapX;
        float pixel = Grid.PixelSize(Math.Max(output.Height, output.Width), Math.Clamp((MapsRoom + gapX) / Math.Max(columns, rows) - gapX, 6, 140));
        float inputPixel = Grid.PixelSize(Math.Max(input.Height, input.Width), InputRoom);
        float inputWidth = inputPixel * input.Width, inputHeight = inputPixel * input.Height;

        var grid = new Grid(Canvas.Margin + inputWidth + 72, Canvas.HeaderBottom + 34, columns, pixel * output.Width, pixel * output.Height, gapX, gapY);
        float mapsHeight = grid.HeightOf(output.Channels);
        float height = Math.Max(mapsHeight, inputHeight);
        float inputTop = grid.Top + (height - inputHeight) / 2;
        return new Figure(
            "features",
            $"A digit of {input.Height} by {input.Width} pixels beside what {name} computes of it: {Describe(output)}, bright where the values are large, up to {Ticks.Text(Math.Round(scale.High, 2))}.",
            (int)(grid.Left + grid.Width + 84) + Canvas.Margin, (int)(grid.Top + height) + Canvas.Margin, canvas =>
            {
                canvas.Header("What the network sees in a digit", $"{name}, {Describe(output)}: bright where {(output.IsVector ? "they are large" : "a feature is found")}");
                var inputArea = new SKRect(Canvas.Margin, inputTop, Canvas.Margin + inputWidth, inputTop + inputHeight);
                canvas.Text($"Input {input}", inputArea.MidX, inputArea.Top - 10, TextStyle.Heading, Align.Center);
                canvas.Image(activations.Image, input, inputArea);
                canvas.Frame(inputArea, canvas.Theme.Line);
                canvas.Arrow(inputArea.Right + 18, inputArea.MidY, grid.Left - 18, inputArea.MidY, canvas.Theme.Muted, 2);

                canvas.Text($"{name} {output}", grid.Left + grid.Width / 2, Canvas.HeaderBottom + 14, TextStyle.Heading, Align.Center);
                for (int channel = 0; channel < output.Channels; channel++)
                {
                    SKRect cell = grid[channel];
                    if (numbered) canvas.Text(channel.ToString(CultureInfo.InvariantCulture), cell.MidX, cell.Top - 5, TextStyle.Small, Align.Center, canvas.Theme.Muted);
                    int length = output.Height * output.Width;
                    canvas.HeatMap(values.AsSpan(channel * length, length), output.Width, cell, scale);
                }
                float right = grid.Left + grid.Width + 24;
                scale.DrawUpright(canvas, new SKRect(right, grid.Top, right + 12, grid.Top + height));
            });
    }

    private static string Describe(TensorShape shape) => shape.IsVector
        ? Wording.Plural(shape.Length, "value") : $"{Wording.Plural(shape.Channels, "map")} of {shape.Height}×{shape.Width}";
}
