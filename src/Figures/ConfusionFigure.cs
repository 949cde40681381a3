using System.Globalization;
using SkiaSharp;
using StaticCnn.Figures.Drawing;

namespace StaticCnn.Figures;

/// <summary>What a network takes for what: the confusion matrix, and each digit's accuracy.</summary>
public static class ConfusionFigure
{
    private const int Cell = 40;
    private const int BarLength = 150;

    /// <summary>Draws how often each label was answered with each class, and the share of each label's images that were answered wrongly.</summary>
    public static Figure Create(Predictions predictions)
    {
        int classes = predictions.ClassCount;
        int[,] counts = predictions.Confusion();
        const int MatrixTop = Canvas.HeaderBottom + 44, MatrixLeft = Canvas.Margin + 44;
        int barsLeft = MatrixLeft + classes * Cell + 124;
        int bottom = MatrixTop + classes * Cell;
        string absent = string.Join(", ", Enumerable.Range(0, classes).Except(predictions.Answers.Select(answer => answer.Label)));
        return new Figure(
            "confusion",
            $"A table of labels (rows) by answers (columns) on {Wording.Count(predictions.Answers.Length)} test images: {Wording.Percent(predictions.Accuracy)} stand on the diagonal. Beside it the accuracy of each digit{(absent.Length == 0 ? "" : $"; no image shows {absent}")}.",
            barsLeft + BarLength + 12 + Canvas.Margin, bottom + 34 + Canvas.Margin, canvas =>
            {
                int wrong = predictions.Answers.Count(answer => !answer.IsRight);
                canvas.Header(
                    "Which digits are taken for which",
                    $"{Wording.Count(predictions.Answers.Length)} test images, {Wording.Percent(predictions.Accuracy)} right: {Wording.Plural(wrong, "mistake")}");
                DrawMatrix(canvas, counts, MatrixLeft, MatrixTop);
                DrawBars(canvas, counts, barsLeft, MatrixTop);
            });
    }

    private static void DrawMatrix(Canvas canvas, int[,] counts, int left, int top)
    {
        int classes = counts.GetLength(0), most = 1;
        for (int i = 0; i < counts.Length; i++)
        {
            if (i / classes != i % classes) most = Math.Max(most, counts[i / classes, i % classes]);
        }
        float middle = left + classes * Cell / 2f;
        canvas.Text("Answer", middle, top - 28, TextStyle.Heading, Align.Center);
        canvas.TextUpwards("Label", left - 32, top + classes * Cell / 2f, TextStyle.Heading);
        for (int label = 0; label < classes; label++)
        {
            float y = top + label * Cell;
            canvas.Text(Number(label), left - 12, y + Cell / 2f + 5, TextStyle.Body, Align.Right);
            canvas.Text(Number(label), left + label * Cell + Cell / 2f, top - 8, TextStyle.Body, Align.Center);
            for (int answer = 0; answer < classes; answer++)
            {
                int count = counts[label, answer];
                bool right = label == answer;
                // The diagonal is one colour: its counts tell the data's mixture, not the network's skill.
                double strength = count == 0 ? 0 : right ? 0.24 : 0.15 + 0.65 * count / most;
                var area = new SKRect(left + answer * Cell + 1, y + 1, left + (answer + 1) * Cell - 1, y + Cell - 1);
                canvas.Fill(area, Blend(canvas.Theme.Panel, right ? canvas.Theme.Right : canvas.Theme.Wrong, strength), radius: 3);
                if (count == 0) continue;
                canvas.Text(Wording.Count(count), area.MidX, area.MidY + 4.5f, right ? new TextStyle(12.5f, SemiBold: true) : TextStyle.Body, Align.Center, TextOn(canvas.Theme, strength, right));
            }
        }
    }

    private static void DrawBars(Canvas canvas, int[,] counts, int left, int top)
    {
        int classes = counts.GetLength(0);
        var errors = new double?[classes]; // Null for a digit that no image shows.
        for (int label = 0; label < classes; label++)
        {
            int total = Enumerable.Range(0, classes).Sum(answer => counts[label, answer]);
            if (total > 0) errors[label] = 1 - (double)counts[label, label] / total;
        }
        double longest = Math.Max(errors.Max() ?? 0, 1e-4);
        int bottom = top + classes * Cell;
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
            float y = top + label * Cell, length = (float)((errors[label] ?? 0) / longest) * BarLength;
            canvas.Fill(new SKRect(left, y + 9, left + length, y + Cell - 9), canvas.Theme.Wrong);
            canvas.Text(errors[label] is { } error ? Wording.Percent(1 - error) : "no images", left - 14, y + Cell / 2f + 4.5f, TextStyle.Body, Align.Right);
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
