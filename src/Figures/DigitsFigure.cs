using System.Globalization;
using SkiaSharp;
using StaticCnn.Figures.Drawing;

namespace StaticCnn.Figures;

/// <summary>Several digits and the feature maps that the first convolution makes of them.</summary>
public static class DigitsFigure
{
    /// <summary>Draws the first image of each digit that there is and its maps behind the first convolution and its ReLU.</summary>
    /// <param name="model">The network.</param>
    /// <param name="images">Images that show the digits.</param>
    /// <param name="all">All classes by all maps rather than five by five.</param>
    /// <exception cref="FigureException">The network has no maps.</exception>
    public static Figure Create<TModel>(TModel model, LabeledImages images, bool all = false) where TModel : class, ICnnModel<TModel>
    {
        int layer = FeaturesFigure.DefaultLayer(TModel.Layers);
        var output = TModel.Layers[layer].Output;
        if (output.IsVector) throw new FigureException(FigureProblem.Layer, $"{TModel.Layers[layer].Name} has no feature maps to draw.");
        int most = all ? TModel.ClassCount : 5, maps = all ? output.Channels : Math.Min(5, output.Channels);
        int[] digits = [.. images.Labels.Distinct().Order().Take(most).Select(label => (int)label)];
        Activations[] rows = [.. digits.Select(digit => Activations.Of(model, images.Floats(images.FirstOf(digit))))];
        int[] shown = all ? [.. Enumerable.Range(0, maps)] : LivelyMaps(rows, layer, maps);
        return Draw(rows, digits, layer, shown, Wording.NameOf(TModel.Layers, layer), all);
    }

    /// <summary>The first maps that are not the same everywhere; a kernel that has died shows nothing.</summary>
    private static int[] LivelyMaps(Activations[] rows, int layer, int count)
    {
        var shape = rows[0].Layers[layer].Output;
        int length = shape.Height * shape.Width;
        bool IsLively(int map) => rows.Any(row => row[layer].AsSpan(map * length, length).ContainsAnyExcept(row[layer][map * length]));
        int[] all = [.. Enumerable.Range(0, shape.Channels)];
        return [.. all.Where(IsLively).Concat(all.Where(map => !IsLively(map))).Take(count).Order()];
    }

    private static Figure Draw(Activations[] rows, int[] digits, int layer, int[] shown, string name, bool all)
    {
        int maps = shown.Length;
        var (input, output) = (rows[0].Layers[0].Input, rows[0].Layers[layer].Output);
        float room = all ? 56 : 84, gap = all ? 6 : 12;
        float inputPixel = Grid.PixelSize(Math.Max(input.Height, input.Width), room), pixel = Grid.PixelSize(Math.Max(output.Height, output.Width), room);
        int length = output.Height * output.Width;
        float rowHeight = Math.Max(inputPixel * input.Height, pixel * output.Height);
        const float LabelWidth = 34, HeadHeight = 26;
        float inputLeft = Canvas.Margin + LabelWidth, mapsLeft = inputLeft + inputPixel * input.Width + 2 * gap + 8;
        var grid = new Grid(mapsLeft, Canvas.HeaderBottom + HeadHeight, maps, pixel * output.Width, rowHeight, gap, gap);
        float bottom = grid.Top + grid.HeightOf(rows.Length * maps);
        var scale = ColorScale.Sequential([.. rows.SelectMany(row => shown.SelectMany(map => row[layer].Skip(map * length).Take(length)))]);
        return new Figure(
            "digits", $"A table of images: for each of the digits {string.Join(", ", digits)} the image and {Wording.Plural(maps, "feature map")} of {name}.",
            (int)(grid.Left + grid.Width + 76) + Canvas.Margin, (int)bottom + Canvas.Margin, canvas =>
            {
                canvas.Header("The same kernels on different digits", $"Each column is one feature map of {name}, in one scale");
                float head = grid.Top - 10;
                canvas.Text("Input", inputLeft + inputPixel * input.Width / 2, head, TextStyle.Label, Align.Center, canvas.Theme.Muted);
                for (int map = 0; map < maps; map++)
                    canvas.Text((all ? "" : "map ") + shown[map].ToString(CultureInfo.InvariantCulture), grid[map].MidX, head, TextStyle.Label, Align.Center, canvas.Theme.Muted);
                for (int row = 0; row < rows.Length; row++)
                {
                    SKRect first = grid[row * maps];
                    canvas.Text(digits[row].ToString(CultureInfo.InvariantCulture), Canvas.Margin, first.MidY + 7, TextStyle.Title);
                    var area = new SKRect(inputLeft, first.Top, inputLeft + inputPixel * input.Width, first.Top + inputPixel * input.Height);
                    canvas.Image(rows[row].Image, input, area);
                    canvas.Frame(area, canvas.Theme.Line);
                    for (int map = 0; map < maps; map++)
                    {
                        SKRect cell = grid[row * maps + map];
                        canvas.HeatMap(
                            rows[row][layer].AsSpan(shown[map] * length, length), output.Width,
                            new SKRect(cell.Left, cell.Top, cell.Right, cell.Top + pixel * output.Height), scale);
                    }
                }
                float right = grid.Left + grid.Width + 22;
                scale.DrawUpright(canvas, new SKRect(right, grid.Top, right + 12, bottom));
            });
    }
}
