using System.Globalization;
using SkiaSharp;
using StaticCnn.Figures.Drawing;

namespace StaticCnn.Figures;

/// <summary>One image on its way through every layer, to the probabilities.</summary>
public static class DataFlowFigure
{
    private const float Box = 112;
    private const float Gap = 28;
    private const int PerRow = 7;
    private const float RowHeight = 196;
    private const float BarHeight = 15;
    private const float ProbabilityWidth = 2 * Box + Gap;

    /// <summary>Draws what each layer computes of an image.</summary>
    /// <param name="model">The network.</param>
    /// <param name="image">The image, [C,H,W].</param>
    /// <param name="label">What it shows.</param>
    public static Figure Create<TModel>(TModel model, ReadOnlySpan<float> image, int label) where TModel : class, ICnnModel<TModel>
    {
        var activations = Activations.Of(model, image);
        var layers = activations.Layers;
        float[] probabilities = activations.Probabilities();
        int answer = Array.IndexOf(probabilities, probabilities.Max());
        int items = layers.Length + 1; // And the probabilities, which take the room of two.
        int rows = (items + 2 + PerRow - 1) / PerRow;
        if (items % PerRow == PerRow - 1) rows = items / PerRow + 2;
        float lastHeight = Math.Max(RowHeight, 60 + probabilities.Length * BarHeight);
        return new Figure(
            "data-flow",
            $"A digit {label} on its way through {string.Join(", ", layers.Select(layer => layer.Name))}; the answer is {answer} with {Wording.Probability(probabilities[answer])}.",
            (int)(PerRow * (Box + Gap) - Gap) + 2 * Canvas.Margin, (int)(Canvas.HeaderBottom + (rows - 1) * RowHeight + lastHeight), canvas =>
            {
                canvas.Header(
                    $"How {TModelName<TModel>()} reads a {label}",
                    "Each layer's output. Violet to yellow: from zero up. Red to blue: below and above zero, before ReLU has cut what is negative");
                SKRect before = Place(0, Box);
                DrawItem(canvas, before, "input", layers[0].Input.ToString());
                DrawImage(canvas, before, activations.Image, layers[0].Input);
                for (int layer = 0; layer < layers.Length; layer++)
                {
                    SKRect place = Place(layer + 1, Box);
                    DrawArrow(canvas, before, place);
                    DrawItem(canvas, place, layers[layer].Name, layers[layer].Output.ToString());
                    DrawValues(canvas, place, activations[layer], layers[layer].Output);
                    before = place;
                }
                int last = items % PerRow == PerRow - 1 ? items + 1 : items; // Not across the end of a row.
                SKRect bars = Place(last, ProbabilityWidth);
                DrawArrow(canvas, before, bars);
                DrawProbabilities(canvas, bars, probabilities, label, answer);
            });
    }

    private static string TModelName<TModel>() where TModel : class, ICnnModel<TModel> => TModel.ModelName;

    private static SKRect Place(int item, float width)
    {
        float x = Canvas.Margin + item % PerRow * (Box + Gap), y = Canvas.HeaderBottom + 28 + item / PerRow * RowHeight;
        return new SKRect(x, y, x + width, y + Box);
    }

    private static void DrawItem(Canvas canvas, SKRect place, string name, string shape)
    {
        canvas.Text(name, place.MidX, place.Top - 10, TextStyle.Heading, Align.Center, width: Box + Gap - 8);
        canvas.Text(shape, place.MidX, place.Bottom + 20, TextStyle.Label, Align.Center, canvas.Theme.Muted);
    }

    private static void DrawArrow(Canvas canvas, SKRect from, SKRect to)
    {
        if (to.Top == from.Top)
        {
            canvas.Arrow(from.Right + 6, from.MidY, to.Left - 6, to.MidY, canvas.Theme.Muted);
            return;
        }
        // To the start of the next row, through the space between the rows.
        float middle = from.Bottom + 34;
        canvas.Line(from.MidX, from.Bottom + 26, from.MidX, middle, canvas.Theme.Muted, 1.5f);
        canvas.Line(from.MidX, middle, to.MidX, middle, canvas.Theme.Muted, 1.5f);
        canvas.Arrow(to.MidX, middle, to.MidX, to.Top - 25, canvas.Theme.Muted);
    }

    private static void DrawImage(Canvas canvas, SKRect place, float[] image, TensorShape shape)
    {
        float pixel = Grid.PixelSize(Math.Max(shape.Height, shape.Width), Box);
        var area = Centered(place, pixel * shape.Width, pixel * shape.Height);
        canvas.Image(image, shape, area);
        canvas.Frame(area, canvas.Theme.Line);
    }

    private static void DrawValues(Canvas canvas, SKRect place, float[] values, TensorShape shape)
    {
        var scale = values.Min() < 0 ? ColorScale.Diverging(values) : ColorScale.Sequential(values);
        bool single = shape.Height * shape.Width == 1;
        int columns = single ? Grid.ColumnsOf(shape.Channels) : (int)Math.Ceiling(Math.Sqrt(shape.Channels));
        int rows = (shape.Channels + columns - 1) / columns;
        float gap = shape.Channels > 256 ? 0 : single ? 1.5f : 3;
        int across = Math.Max(columns, rows);
        float pixel = ((Box + gap) / across - gap) / Math.Max(shape.Height, shape.Width);
        if (single) pixel = Math.Min(pixel, 20);
        var grid = new Grid(0, 0, columns, pixel * shape.Width, pixel * shape.Height, gap, gap);
        var area = Centered(place, grid.Width, grid.HeightOf(shape.Channels));
        grid = grid with { Left = area.Left, Top = area.Top };
        int length = shape.Height * shape.Width;
        if (gap == 0 && single)
        {
            var colors = new SKColor[rows * columns];
            for (int i = 0; i < colors.Length; i++) colors[i] = i < values.Length ? scale.ColorOf(values[i]) : canvas.Theme.Background;
            canvas.Cells(colors, columns, area);
            canvas.Frame(area, canvas.Theme.Line);
            return;
        }
        for (int channel = 0; channel < shape.Channels; channel++)
            canvas.HeatMap(values.AsSpan(channel * length, length), shape.Width, grid[channel], scale);
    }

    private static void DrawProbabilities(Canvas canvas, SKRect place, float[] probabilities, int label, int answer)
    {
        canvas.Text("probabilities", place.MidX, place.Top - 10, TextStyle.Heading, Align.Center);
        const float LabelWidth = 18, NumberWidth = 56;
        float room = place.Width - LabelWidth - NumberWidth;
        canvas.Line(place.Left + LabelWidth, place.Top + 2, place.Left + LabelWidth, place.Top + 2 + probabilities.Length * BarHeight, canvas.Theme.Line);
        for (int i = 0; i < probabilities.Length; i++)
        {
            float y = place.Top + 4 + i * BarHeight, left = place.Left + LabelWidth, length = probabilities[i] * room;
            bool best = i == answer;
            var color = !best ? canvas.Theme.Muted : answer == label ? canvas.Theme.Right : canvas.Theme.Wrong;
            var style = new TextStyle(12, best);
            canvas.Text(i.ToString(CultureInfo.InvariantCulture), place.Left + 10, y + 10, style, Align.Right, best ? color : canvas.Theme.Ink);
            canvas.Fill(new SKRect(left, y, left + length, y + BarHeight - 4), color);
            if (probabilities[i] >= 0.0005 || best) canvas.Text(Wording.Probability(probabilities[i]), left + length + 6, y + 10, style, color: best ? color : canvas.Theme.Muted);
        }
    }

    private static SKRect Centered(SKRect place, float width, float height) => new(
        place.MidX - width / 2, place.MidY - height / 2, place.MidX + width / 2, place.MidY + height / 2);
}
