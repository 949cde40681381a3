using SkiaSharp;
using StaticCnn.Figures.Drawing;

namespace StaticCnn.Figures;

/// <summary>A convolution's learned kernels.</summary>
public static class KernelsFigure
{
    private const float Room = 80; // Of one kernel's side.
    private const float SliceGap = 2;
    private const float LongestScale = 260;
    private const float ContentWidth = 760;

    /// <summary>Draws all kernels of a layer, of the first convolution unless it is named, red below zero and blue above.</summary>
    /// <exception cref="FigureException">There is no such layer, or it is no convolution.</exception>
    public static Figure Create<TModel>(TModel model, string? layer = null) where TModel : class, ICnnModel<TModel>
    {
        var info = TModel.Layers[Convolution(TModel.Layers, layer)];
        var parameter = info.Parameters[0];
        var values = new float[parameter.Count];
        model.Parameters.Get(model.Parameters.IndexOf(parameter.Name), values);
        return Create(info.Name, values, parameter.Shape[0], parameter.Shape[1], parameter.Shape[2], parameter.Shape[3]);
    }

    private static Figure Create(string layer, float[] values, int kernels, int channels, int rows, int columns)
    {
        // A kernel over several channels is a row of slices; one with many gets smaller pixels.
        float pixel = Grid.PixelSize(columns * channels, Math.Min(ContentWidth, Room * channels));
        if (pixel * rows > Room) pixel = Grid.PixelSize(rows, Room);
        float cellWidth = channels * (pixel * columns + SliceGap) - SliceGap;
        int perRow = Math.Clamp((int)((ContentWidth + 14) / (cellWidth + 14)), 1, kernels);
        if (kernels % perRow != 0 && Grid.ColumnsOf(kernels) <= perRow) perRow = Enumerable.Range(1, perRow).Last(n => kernels % n == 0);
        var grid = new Grid(Canvas.Margin, Canvas.HeaderBottom + 16, perRow, cellWidth, pixel * rows, 14, 28);
        float bottom = grid.Top + grid.HeightOf(kernels);
        var scale = ColorScale.Diverging(values);
        string of = channels == 1 ? "" : $", a slice for each of {channels} channels";
        return new Figure(
            "kernels",
            $"The {Wording.Plural(kernels, "kernel")} of {layer}, {rows} by {columns}{of}: red weights are negative, blue ones positive, from {Ticks.Text(Math.Round(scale.Low, 2))} to {Ticks.Text(Math.Round(scale.High, 2))}.",
            (int)Math.Max(grid.Width + 70, 440) + 2 * Canvas.Margin, (int)bottom + Canvas.Margin, canvas =>
            {
                canvas.Header($"What {layer} looks for", $"Its {Wording.Plural(kernels, "kernel")} of {rows}×{columns} weights{of}: red takes away, blue adds");
                for (int kernel = 0; kernel < kernels; kernel++)
                {
                    SKRect cell = grid[kernel];
                    canvas.Text(kernel.ToString(System.Globalization.CultureInfo.InvariantCulture), cell.MidX, cell.Top - 6, TextStyle.Small, Align.Center, canvas.Theme.Muted);
                    for (int channel = 0; channel < channels; channel++)
                    {
                        float left = cell.Left + channel * (pixel * columns + SliceGap);
                        var area = new SKRect(left, cell.Top, left + pixel * columns, cell.Bottom);
                        canvas.HeatMap(values.AsSpan((kernel * channels + channel) * rows * columns, rows * columns), columns, area, scale);
                        canvas.Frame(area, canvas.Theme.Line);
                    }
                }
                float right = grid.Left + grid.Width + 20;
                scale.DrawUpright(canvas, new SKRect(right, grid.Top, right + 12, Math.Clamp(bottom, grid.Top + 60, grid.Top + LongestScale)));
            });
    }

    /// <summary>The index of a convolution: of the first one unless it is named.</summary>
    /// <exception cref="FigureException">There is no such layer, or it is no convolution.</exception>
    internal static int Convolution(ReadOnlySpan<LayerInfo> layers, string? name)
    {
        if (name is not null)
        {
            int layer = Activations.IndexOf(layers, name);
            if (layers[layer].Attribute is Conv2dAttribute) return layer;
            throw new FigureException(FigureProblem.Layer, $"{layers[layer].Name} has no kernels: it is a {layers[layer].Kind}, not a Conv2d.");
        }
        for (int layer = 0; layer < layers.Length; layer++)
        {
            if (layers[layer].Attribute is Conv2dAttribute) return layer;
        }
        throw new FigureException(FigureProblem.Layer, "The network has no kernels to draw: none of its layers is a Conv2d.");
    }
}
