using System.Collections.Immutable;
using SkiaSharp;
using StaticCnn.Figures.Drawing;

namespace StaticCnn.Figures;

/// <summary>Images with what they show and what a network takes them for: green where it is right, red where it is wrong.</summary>
public static class PredictionsFigure
{
    private const int Columns = 4;
    private const int Most = 16;
    private const int TextHeight = 40;

    /// <summary>The first images.</summary>
    public static Figure Create(Predictions predictions)
    {
        var shown = predictions.Answers.Take(Most).ToImmutableArray();
        return Draw(
            "predictions", $"The first {shown.Length} test images with label and answer; {shown.Count(answer => answer.IsRight)} answers are right.",
            "What the network answers",
            $"The first {shown.Length} of {Wording.Count(predictions.Answers.Length)} test images; {Wording.Percent(predictions.Accuracy)} of all are right",
            predictions.Images, shown);
    }

    /// <summary>The wrong answers that the network was surest of.</summary>
    public static Figure CreateMistakes(Predictions predictions)
    {
        var all = predictions.Mistakes();
        var shown = all.Take(Most).ToImmutableArray();
        string wrong = $"{Wording.Count(all.Length)} of {Wording.Count(predictions.Answers.Length)} test images are answered wrongly";
        return Draw(
            "mistakes", $"{wrong}. Shown are the {shown.Length} that the network was surest of, with label and answer.",
            "The most confident mistakes", shown.Length < all.Length ? $"{wrong}; the network was surest of these" : wrong,
            predictions.Images, shown);
    }

    private static Figure Draw(
        string name, string alternative, string title, string subtitle, LabeledImages images, ImmutableArray<Answer> shown)
    {
        var (height, width) = (images.Shape.Height, images.Shape.Width);
        float pixel = Grid.PixelSize(Math.Max(height, width), 112);
        float cellWidth = Math.Max(pixel * width, 112);
        var grid = new Grid(Canvas.Margin, Canvas.HeaderBottom + TextHeight, Columns, cellWidth, pixel * height, 28, TextHeight + 20);
        return new Figure(name, alternative, (int)Math.Max(grid.Width, 470) + 2 * Canvas.Margin, Height(grid, shown.Length), canvas =>
        {
            canvas.Header(title, subtitle);
            for (int i = 0; i < shown.Length; i++) Draw(canvas, grid[i], pixel * width, images, shown[i]);
        });
    }

    private static int Height(Grid grid, int count) => count == 0 ? Canvas.HeaderBottom : (int)(grid.Top + grid.HeightOf(count)) + Canvas.Margin;

    private static void Draw(Canvas canvas, SKRect cell, float width, LabeledImages images, Answer answer)
    {
        var color = answer.IsRight ? canvas.Theme.Right : canvas.Theme.Wrong;
        canvas.Text($"True: {answer.Label}, Pred: {answer.Class}", cell.MidX, cell.Top - 25, TextStyle.Heading, Align.Center, color);
        canvas.Text($"{(answer.IsRight ? "✓" : "✗")} {Wording.Probability(answer.Probability)} sure", cell.MidX, cell.Top - 8, TextStyle.Label, Align.Center, color);
        var image = new SKRect(cell.MidX - width / 2, cell.Top, cell.MidX + width / 2, cell.Bottom);
        canvas.Image(images.Floats(answer.Image), images.Shape, image);
        canvas.Frame(image, color, 2);
    }
}
