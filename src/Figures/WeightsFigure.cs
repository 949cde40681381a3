using System.Globalization;
using SkiaSharp;
using StaticCnn.Figures.Drawing;
using StaticCnn.Figures.History;

namespace StaticCnn.Figures;

/// <summary>How the values of each weight are distributed, epoch after epoch.</summary>
public static class WeightsFigure
{
    private const int PanelWidth = 380;
    private const int MostRidges = 8;
    private const int RidgeStep = 34;
    private const int RidgeHeight = 58;

    /// <summary>Draws a ridge for each epoch, from the initial values at the back to the final ones in front.</summary>
    public static Figure Create(TrainingHistory history)
    {
        int ridges = Math.Min(MostRidges, history.Epochs.Length + 1);
        int panelHeight = 30 + RidgeHeight + (ridges - 1) * RidgeStep + 34;
        var grid = new Grid(Canvas.Margin + 58, Canvas.HeaderBottom, Math.Min(2, history.Weights.Length), PanelWidth, panelHeight, 84, 18);
        return new Figure(
            "weights",
            $"Histograms of {string.Join(", ", history.Weights.Select(weight => weight.Parameter))} before training and after each of {Wording.Plural(history.Epochs.Length, "epoch")}: they start even within narrow bounds and spread as the network learns.",
            (int)grid.Width + 58 + 2 * Canvas.Margin, (int)(grid.Top + grid.HeightOf(history.Weights.Length)) + 8, canvas =>
            {
                canvas.Header("How the weights move", "The distribution of each layer's weights, from their initial values to the last epoch");
                for (int i = 0; i < history.Weights.Length; i++) DrawPanel(canvas, grid[i], history.Weights[i], ridges);
            });
    }

    private static void DrawPanel(Canvas canvas, SKRect panel, WeightHistory weight, int ridges)
    {
        var theme = canvas.Theme;
        int epochs = weight.Epochs.Length - 1;
        int[] shown = [.. Enumerable.Range(0, ridges).Select(i => ridges == 1 ? 0 : (int)Math.Round((double)i * epochs / (ridges - 1)))];
        double bound = Range(shown.Select(epoch => weight.Epochs[epoch]));
        int total = weight.Epochs[0].Counts.Sum();
        canvas.Text($"{weight.Parameter}", panel.Left, panel.Top + 14, TextStyle.Heading);
        canvas.Text(Wording.Plural(total, "value"), panel.Right, panel.Top + 14, TextStyle.Label, Align.Right, theme.Muted);

        float bottom = panel.Bottom - 30;
        float XOf(double value) => panel.MidX + (float)(value / bound) * panel.Width / 2;
        foreach (double tick in Ticks.Of(-bound, bound, 5))
        {
            float x = XOf(tick);
            canvas.Line(x, panel.Top + 26, x, bottom, tick == 0 ? theme.Muted : theme.Line, tick == 0 ? 1 : 0.75f);
            canvas.Text(Ticks.Text(tick), x, bottom + 16, TextStyle.Small, Align.Center, theme.Muted);
        }

        double peak = shown.Max(epoch => Density(weight.Epochs[epoch]).Max());
        for (int i = 0; i < ridges; i++)
        {
            float baseline = bottom - (ridges - 1 - i) * RidgeStep;
            var color = ColorMap.Viridis.At(0.15 + 0.65 * i / Math.Max(1, ridges - 1));
            DrawRidge(canvas, weight.Epochs[shown[i]], XOf, baseline, (float)(RidgeHeight / peak), color);
            string text = shown[i] == 0 ? "initial" : "epoch " + shown[i].ToString(CultureInfo.InvariantCulture);
            canvas.Text(text, panel.Left - 10, baseline - 3, TextStyle.Small, Align.Right, theme.Muted);
        }
    }

    private static void DrawRidge(Canvas canvas, Histogram histogram, Func<double, float> xOf, float baseline, float unit, SKColor color)
    {
        double[] density = Density(histogram);
        double width = ((double)histogram.High - histogram.Low) / density.Length;
        using var builder = new SKPathBuilder();
        builder.MoveTo(xOf(histogram.Low), baseline);
        for (int bin = 0; bin < density.Length; bin++)
        {
            float y = baseline - (float)density[bin] * unit;
            builder.LineTo(xOf(histogram.Low + bin * width), y);
            builder.LineTo(xOf(histogram.Low + (bin + 1) * width), y);
        }
        builder.LineTo(xOf(histogram.High), baseline);
        using var path = builder.Detach();
        canvas.Fill(path, color.WithAlpha(190));
        canvas.Outline(path, canvas.Theme.Background, 1);
        canvas.Line(xOf(histogram.Low), baseline, xOf(histogram.High), baseline, color, 1);
    }

    /// <summary>The share of the values per unit in each bin.</summary>
    private static double[] Density(Histogram histogram)
    {
        double width = Math.Max(1e-12, ((double)histogram.High - histogram.Low) / histogram.Counts.Length), total = Math.Max(1, histogram.Counts.Sum());
        return [.. histogram.Counts.Select(count => count / (total * width))];
    }

    private static double Range(IEnumerable<Histogram> histograms) =>
        Math.Max(1e-6, histograms.Max(histogram => Math.Max(Math.Abs(histogram.Low), Math.Abs(histogram.High)))) * 1.02;
}
