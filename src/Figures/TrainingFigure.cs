using System.Globalization;
using SkiaSharp;
using StaticCnn.Figures.Drawing;
using StaticCnn.Figures.History;

namespace StaticCnn.Figures;

/// <summary>Loss and accuracy over a training, batch by batch and epoch by epoch.</summary>
public static class TrainingFigure
{
    private const int PanelWidth = 400;
    private const int PanelHeight = 270;

    /// <summary>Draws the history. Both axes are logarithmic, accuracy's in the share of wrong answers, since the last percents are the hardest.</summary>
    public static Figure Create(TrainingHistory history)
    {
        var last = history.Epochs[^1];
        const int Top = Canvas.HeaderBottom + 44, FirstLeft = Canvas.Margin + 48, SecondLeft = FirstLeft + PanelWidth + 84;
        return new Figure(
            "training",
            $"Two charts over {Wording.Plural(history.Epochs.Length, "epoch")}: the loss falls to {Number(last.TestLoss, "F4")} and the accuracy rises to {Wording.Percent(last.TestAccuracy)} on test images.",
            SecondLeft + PanelWidth + Canvas.Margin + 16, Top + PanelHeight + 48 + Canvas.Margin, canvas =>
            {
                var origin = history.Origin;
                canvas.Header(
                    $"How {origin.Model} learned",
                    $"{origin.Dataset}, seed {origin.Seed.ToString(CultureInfo.InvariantCulture)}, batches of {origin.BatchSize}; after {Wording.Plural(history.Epochs.Length, "epoch")}: test loss {Number(last.TestLoss, "F4")}, test accuracy {Wording.Percent(last.TestAccuracy)}");
                DrawLoss(canvas, history, new SKRect(FirstLeft, Top, FirstLeft + PanelWidth, Top + PanelHeight));
                DrawAccuracy(canvas, history, new SKRect(SecondLeft, Top, SecondLeft + PanelWidth, Top + PanelHeight));
            });
    }

    private static void DrawLoss(Canvas canvas, TrainingHistory history, SKRect area)
    {
        double[] batches = [.. history.BatchLosses.Select(loss => (double)loss)];
        double[] mean = RunningMean(batches, Window(history));
        var epochs = history.Epochs;
        double low = Math.Min(mean.Min(), epochs.Min(epoch => Math.Min(epoch.TestLoss, epoch.TrainLoss))) / 2;
        double high = Math.Max(batches.Max(), epochs.Max(epoch => epoch.TestLoss));
        low = Math.Max(low, high * 1e-6);
        var axes = new Axes(area, (0, batches.Length), (low, high * 1.2), LogY: true);
        canvas.Text("Loss (cross-entropy)", area.Left, area.Top - 30, TextStyle.Heading);
        foreach (double level in Decades(low, high * 1.2)) axes.LevelLine(canvas, level, Ticks.Text(level));
        Draw(canvas, history, axes, batches, mean, epoch => epoch.TrainLoss, epoch => epoch.TestLoss, loss => Number(loss, "F3"));
    }

    private static void DrawAccuracy(Canvas canvas, TrainingHistory history, SKRect area)
    {
        double[] batches = [.. history.BatchAccuracies.Select(accuracy => 1.0 - accuracy)];
        double[] mean = RunningMean(batches, Window(history));
        var epochs = history.Epochs;
        double smallest = Math.Min(mean.Where(error => error > 0).DefaultIfEmpty(1e-3).Min(), epochs.Min(epoch => 1 - epoch.TestAccuracy));
        double low = Math.Clamp(smallest / 2, 1e-5, 0.1);
        // Downwards in errors is upwards in accuracy.
        var axes = new Axes(area, (0, batches.Length), (1, low), LogY: true);
        canvas.Text("Accuracy", area.Left, area.Top - 30, TextStyle.Heading);
        foreach (double level in Decades(low, 1)) axes.LevelLine(canvas, level, Wording.Percent(1 - level, level >= 0.01 ? 0 : level >= 0.001 ? 1 : 2));
        Draw(
            canvas, history, axes, [.. batches.Select(error => Math.Max(error, low))], [.. mean.Select(error => Math.Max(error, low))],
            epoch => 1 - epoch.TrainAccuracy, epoch => 1 - epoch.TestAccuracy, error => Wording.Percent(1 - error));
    }

    private static void Draw(
        Canvas canvas, TrainingHistory history, Axes axes, double[] batches, double[] mean,
        Func<EpochRecord, double> train, Func<EpochRecord, double> test, Func<double, string> text)
    {
        var theme = canvas.Theme;
        int perEpoch = history.BatchesPerEpoch, step = Math.Max(1, (history.Epochs.Length + 9) / 10);
        for (int epoch = 0; epoch <= history.Epochs.Length; epoch += step)
            axes.UprightLine(canvas, epoch * perEpoch, epoch.ToString(CultureInfo.InvariantCulture));
        canvas.Text("epoch", axes.Area.MidX, axes.Area.Bottom + 36, TextStyle.Label, Align.Center, theme.Muted);

        axes.Band(canvas, Spread(batches), theme.First.WithAlpha(56));
        axes.Curve(canvas, [.. mean.Select((value, i) => (i + 0.5, value))], theme.First, 2);
        // A training epoch's mean stands in its middle; a test is taken at its end.
        for (int epoch = 0; epoch < history.Epochs.Length; epoch++)
        {
            Dot(canvas, axes.XOf((epoch + 0.5) * perEpoch), axes.YOf(train(history.Epochs[epoch])), theme.First);
            Dot(canvas, axes.XOf((epoch + 1.0) * perEpoch), axes.YOf(test(history.Epochs[epoch])), theme.Second);
        }
        axes.Curve(canvas, [.. history.Epochs.Select((epoch, i) => ((i + 1.0) * perEpoch, test(epoch)))], theme.Second, 2);

        float x = axes.Area.Left, y = axes.Area.Top - 10;
        x = Legend(canvas, x, y, theme.First, "training: batches (band: 80 %), epochs", dot: false);
        Legend(canvas, x + 16, y, theme.Second, $"test: {text(test(history.Epochs[^1]))}", dot: true);
    }

    private static float Legend(Canvas canvas, float x, float y, SKColor color, string text, bool dot)
    {
        canvas.Line(x, y - 4, x + 24, y - 4, color, 2);
        if (dot) Dot(canvas, x + 12, y - 4, color);
        canvas.Text(text, x + 30, y, TextStyle.Small, color: color);
        return x + 30 + TextStyle.Small.Measure(text);
    }

    private static void Dot(Canvas canvas, float x, float y, SKColor color)
    {
        const float Radius = 4;
        canvas.Fill(new SKRect(x - Radius - 1.5f, y - Radius - 1.5f, x + Radius + 1.5f, y + Radius + 1.5f), canvas.Theme.Background, Radius + 1.5f);
        canvas.Fill(new SKRect(x - Radius, y - Radius, x + Radius, y + Radius), color, Radius);
    }

    private static int Window(TrainingHistory history) => Math.Clamp(history.BatchLosses.Length / 50, 1, 50);

    /// <summary>Where the middle eight of ten batches lie, at about a hundred places along the training.</summary>
    private static List<(double X, double Low, double High)> Spread(double[] batches)
    {
        int width = Math.Max(1, batches.Length / 100);
        var spread = new List<(double, double, double)>();
        for (int start = 0; start < batches.Length; start += width)
        {
            double[] window = [.. batches[start..Math.Min(batches.Length, start + width)].Order()];
            spread.Add((start + window.Length / 2.0, window[(window.Length - 1) / 10], window[window.Length - 1 - (window.Length - 1) / 10]));
        }
        return spread;
    }

    /// <summary>The mean of each batch and those before it, as many as there are up to <paramref name="window"/>.</summary>
    private static double[] RunningMean(double[] values, int window)
    {
        var means = new double[values.Length];
        double sum = 0;
        for (int i = 0; i < values.Length; i++)
        {
            sum += values[i];
            if (i >= window) sum -= values[i - window];
            means[i] = Math.Max(0, sum / Math.Min(i + 1, window));
        }
        return means;
    }

    /// <summary>Powers of ten within a range; their halves and fifths too where there would be few.</summary>
    private static IEnumerable<double> Decades(double low, double high)
    {
        int first = (int)Math.Floor(Math.Log10(low)), last = (int)Math.Ceiling(Math.Log10(high));
        double[] factors = last - first <= 2 ? [1, 2, 5] : [1];
        return from power in Enumerable.Range(first, last - first + 1)
               from factor in factors
               let level = factor * Math.Pow(10, power)
               where level >= low && level <= high * 1.0001
               select level;
    }

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
