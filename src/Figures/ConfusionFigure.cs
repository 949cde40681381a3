using System.Globalization;
using SkiaSharp;
using StaticCnn.Figures.Drawing;

namespace StaticCnn.Figures;

/// <summary>What a network takes for what: the confusion matrix, and each digit's accuracy.</summary>
public static class ConfusionFigure
{
    private const int LargestCell = 40;
    private const int LargestSide = 800;
    private const int LeastBetweenLabels = 26;
    private const int BarLength = 150;

    /// <summary>Draws how often each label was answered with each class, and the share of each label's images that were answered wrongly.</summary>
    public static Figure Create(Predictions predictions)
    {
        int classes = predictions.ClassCount;
        int[,] counts = predictions.Confusion();
        const int MatrixTop = Canvas.HeaderBottom + 44, MatrixLeft = Canvas.Margin + 44;
        float cell = Math.Min(LargestCell, (float)LargestSide / classes);
        int side = (int)Math.Ceiling(classes * cell), barsLeft = MatrixLeft + side + 124;
        string absent = string.Join(", ", Enumerable.Range(0, classes).Except(predictions.Answers.Select(answer => answer.Label)));
        return new Figure(
            "confusion",
            $"A table of labels (rows) by answers (columns) on {Wording.Count(predictions.Answers.Length)} test images: {Wording.Percent(predictions.Accuracy)} stand on the diagonal. Beside it the accuracy of each digit{(absent.Length == 0 ? "" : $"; no image shows {absent}")}.",
            barsLeft + BarLength + 12 + Canvas.Margin, MatrixTop + side + 34 + Canvas.Margin, canvas =>
            {
                int wrong = predictions.Answers.Count(answer => !answer.IsRight);
                canvas.Header(
                    "Which digits are taken for which",
                    $"{Wording.Count(predictions.Answers.Length)} test images, {Wording.Percent(predictions.Accuracy)} right: {Wording.Plural(wrong, "mistake")}");
                DrawMatrix(canvas, counts, MatrixLeft, MatrixTop, cell);
                DrawBars(canvas, counts, barsLeft, MatrixTop, cell);
            });
    }

    private static void DrawMatrix(Canvas canvas, int[,] counts, int left, int top, float cell)
    {
        int classes = counts.GetLength(0), most = 1;
        for (int i = 0; i < counts.Length; i++)
        {
            if (i / classes != i % classes) most = Math.Max(most, counts[i / classes, i % classes]);
        }
        float side = classes * cell;
        canvas.Text("Answer", left + side / 2, top - 28, TextStyle.Heading, Align.Center);
        canvas.TextUpwards("Label", left - 32, top + side / 2, TextStyle.Heading);
        for (int label = 0; label < classes; label += StepOf(cell))
        {
            float middle = (label + 0.5f) * cell;
            canvas.Text(Number(label), left - 12, top + middle + 5, TextStyle.Body, Align.Right);
            canvas.Text(Number(label), left + middle, top - 8, TextStyle.Body, Align.Center);
        }
        if (cell < LeastBetweenLabels)
        {
            // No room for numbers: a picture, which takes less than thousands of shapes.
            var colors = new SKColor[classes * classes];
            for (int i = 0; i < colors.Length; i++) colors[i] = ColorOf(canvas.Theme, counts[i / classes, i % classes], i / classes == i % classes, most);
            canvas.Cells(colors, classes, new SKRect(left, top, left + side, top + side));
            return;
        }
        float size = cell / LargestCell;
        for (int i = 0; i < counts.Length; i++)
        {
            int label = i / classes, answer = i % classes, count = counts[label, answer];
            bool right = label == answer;
            var area = new SKRect(left + answer * cell + 1, top + label * cell + 1, left + (answer + 1) * cell - 1, top + (label + 1) * cell - 1);
            canvas.Fill(area, ColorOf(canvas.Theme, count, right, most), radius: 3);
            if (count == 0) continue;
            var style = right ? new TextStyle(12.5f * size, SemiBold: true) : new TextStyle(TextStyle.Body.Size * size);
            canvas.Text(Wording.Count(count), area.MidX, area.MidY + 4.5f * size, style, Align.Center, TextOn(canvas.Theme, Strength(count, right, most), right));
        }
    }

    /// <summary>Every how many classes one is named.</summary>
    private static int StepOf(float cell)
    {
        int step = 1;
        foreach (int factor in (int[])[2, 5, 10, 20, 50, 100, 200, 500, 1000])
        {
            if (step * cell < LeastBetweenLabels) step = factor;
        }
        return step;
    }

    /// <summary>How strong a cell's colour is. The diagonal is one colour: its counts tell the data's mixture, not the network's skill.</summary>
    private static double Strength(int count, bool right, int most) => count == 0 ? 0 : right ? 0.24 : 0.15 + 0.65 * count / most;

    private static SKColor ColorOf(Theme theme, int count, bool right, int most) =>
        Blend(theme.Panel, right ? theme.Right : theme.Wrong, Strength(count, right, most));

    private static void DrawBars(Canvas canvas, int[,] counts, int left, int top, float cell)
    {
        int classes = counts.GetLength(0);
        var errors = new double?[classes]; // Null for a digit that no image shows.
        for (int label = 0; label < classes; label++)
        {
            int total = Enumerable.Range(0, classes).Sum(answer => counts[label, answer]);
            if (total > 0) errors[label] = 1 - (double)counts[label, label] / total;
        }
        double longest = Math.Max(errors.Max() ?? 0, 1e-4);
        float bottom = top + classes * cell;
        canvas.Text("Accuracy", left - 14, top - 28, TextStyle.Heading, Align.Right);
        canvas.Text("Wrong answers", left, top - 28, TextStyle.Heading);
        foreach (double tick in Ticks.Of(0, 100 * longest, 3))
        {
            float x = left + (float)(tick / (100 * longest)) * BarLength;
            canvas.Line(x, top, x, bottom, canvas.Theme.Line);
            canvas.Text(Ticks.Text(tick) + " %", x, bottom + 18, TextStyle.Small, Align.Center, canvas.Theme.Muted);
        }
        for (int label = 0; label < classes; label++)
        {
            float y = top + label * cell, inset = 9 * cell / LargestCell, length = (float)((errors[label] ?? 0) / longest) * BarLength;
            canvas.Fill(new SKRect(left, y + inset, left + length, y + cell - inset), canvas.Theme.Wrong);
            if (label % StepOf(cell) != 0) continue;
            canvas.Text(errors[label] is { } error ? Wording.Percent(1 - error) : "no images", left - 14, y + cell / 2 + 4.5f, TextStyle.Body, Align.Right);
        }
    }

    /// <summary>Text that can be read on a cell: the theme's, or the background's colour on a strong one.</summary>
    private static SKColor TextOn(Theme theme, double strength, bool right) => right || strength < 0.5 ? theme.Ink : theme.Background;

    private static SKColor Blend(SKColor from, SKColor to, double t) => new(
        (byte)Math.Round(from.Red + t * (to.Red - from.Red)),
        (byte)Math.Round(from.Green + t * (to.Green - from.Green)),
        (byte)Math.Round(from.Blue + t * (to.Blue - from.Blue)));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
