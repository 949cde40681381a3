using SkiaSharp;
using StaticCnn.Figures.Drawing;

namespace StaticCnn.Figures;

/// <summary>The first images of a set with their labels.</summary>
public static class SamplesFigure
{
    /// <summary>Draws up to <paramref name="rows"/> times <paramref name="columns"/> images.</summary>
    public static Figure Create(LabeledImages images, int rows = 2, int columns = 4)
    {
        int count = Math.Min(rows * columns, images.Count);
        var (height, width) = (images.Shape.Height, images.Shape.Width);
        float pixel = Grid.PixelSize(Math.Max(height, width), 120);
        var grid = new Grid(Canvas.Margin, Canvas.HeaderBottom + 24, columns, pixel * width, pixel * height, 24, 44);
        string labels = string.Join(", ", images.Labels.Take(count));
        return new Figure(
            "samples", $"{count} images of handwritten digits with their labels: {labels}.",
            (int)grid.Width + 2 * Canvas.Margin, (int)(grid.Top + grid.HeightOf(count)) + Canvas.Margin, canvas =>
            {
                canvas.Header("What the network is shown", $"{Wording.Count(images.Count)} images of {height}×{width} pixels, each with its label");
                for (int i = 0; i < count; i++)
                {
                    SKRect cell = grid[i];
                    canvas.Text($"Label: {images.Labels[i]}", cell.MidX, cell.Top - 9, TextStyle.Heading, Align.Center);
                    canvas.Image(images.Floats(i), images.Shape, cell);
                    canvas.Frame(cell, canvas.Theme.Line);
                }
            });
    }
}
