using System.Collections.Immutable;
using SkiaSharp;
using StaticCnn.Figures.Drawing;
using StaticCnn.Figures.History;

namespace StaticCnn.Figures.Motion;

/// <summary>A training in motion: the first convolution's kernels, and how many of the images are read right.</summary>
public static class TrainingAnimation
{
    private const int MovingFrames = 150;
    private const int MovingMilliseconds = 80;
    private const int FirstMilliseconds = 1000, LastMilliseconds = 3000;
    private const int SmoothedBatches = 20;
    private const float Side = 326, AxisWidth = 96;

    /// <summary>Makes the animation of a training; it starts slowly, since there the most happens.</summary>
    /// <exception cref="FigureException">The history holds no kernels or no steps.</exception>
    public static Animation Create(TrainingHistory history)
    {
        if (history.Kernels is not { Snapshots.Length: > 1 } kernels || history.BatchAccuracies.Length == 0)
            throw new FigureException(FigureProblem.History, "The training history holds no kernels over several steps: the network has no Conv2d, or it was trained for no step.");
        int count = kernels.Shape[0], columns = Grid.ColumnsOf(count), rows = (count + columns - 1) / columns;
        float pixel = Grid.PixelSize(Math.Max(columns * (kernels.Shape[3] + 1), rows * (kernels.Shape[2] + 1)), Side + 14);
        var grid = new Grid(Canvas.Margin, Canvas.HeaderBottom + 14, columns, pixel * kernels.Shape[3], pixel * kernels.Shape[2], pixel, pixel);
        float left = grid.Left + grid.Width + AxisWidth;
        var chart = new SKRect(left, grid.Top, left + Side, grid.Top + Math.Max(grid.HeightOf(count), 200));
        var scale = ColorScale.Diverging([.. kernels.Snapshots.SelectMany(snapshot => snapshot.Values)]);
        float[] accuracies = Smooth(history.BatchAccuracies);
        int last = kernels.Snapshots[^1].Step;
        return new Animation(
            "training-in-motion",
            $"The {Wording.Plural(count, "kernel")} of {kernels.Parameter} take shape over {Wording.Plural(last, "step")} of training, while the share of images that are read right rises to {Wording.Percent(accuracies[^1], 1)}.",
            (int)(chart.Right + Canvas.Margin + 14), (int)chart.Bottom + 44 + Canvas.Margin,
            [.. Enumerable.Range(0, MovingFrames + 1).Select(frame =>
            {
                double part = (double)frame / MovingFrames;
                double step = last * part * part;
                int milliseconds = frame == 0 ? FirstMilliseconds : frame == MovingFrames ? LastMilliseconds : MovingMilliseconds;
                return new AnimationFrame(TimeSpan.FromMilliseconds(milliseconds), canvas =>
                {
                    canvas.Header($"{history.Origin.Model} learns", $"Step {Wording.Count((long)step)} of {Wording.Count(last)}");
                    DrawKernels(canvas, kernels, step, grid, scale);
                    DrawChart(canvas, history, accuracies, step, last, chart);
                });
            })],
            MovingFrames);
    }

    /// <summary>The first slice of each kernel at a step, between two snapshots in proportion.</summary>
    private static void DrawKernels(Canvas canvas, KernelHistory kernels, double step, Grid grid, ColorScale scale)
    {
        int next = 1;
        while (next + 1 < kernels.Snapshots.Length && kernels.Snapshots[next].Step < step) next++;
        var (before, after) = (kernels.Snapshots[next - 1], kernels.Snapshots[next]);
        float part = (float)Math.Clamp((step - before.Step) / Math.Max(1, after.Step - before.Step), 0, 1);
        int size = kernels.Shape[1] * kernels.Shape[2] * kernels.Shape[3], slice = kernels.Shape[2] * kernels.Shape[3];
        var values = new float[slice];
        for (int kernel = 0; kernel < kernels.Shape[0]; kernel++)
        {
            for (int i = 0; i < slice; i++) values[i] = float.Lerp(before.Values[kernel * size + i], after.Values[kernel * size + i], part);
            canvas.HeatMap(values, kernels.Shape[3], grid[kernel], scale);
            canvas.Frame(grid[kernel], canvas.Theme.Line);
        }
        canvas.Text($"{kernels.Parameter}, red below zero, blue above", grid.Left, grid.Top + grid.HeightOf(kernels.Shape[0]) + 24, TextStyle.Small, color: canvas.Theme.Muted);
    }

    private static void DrawChart(Canvas canvas, TrainingHistory history, float[] accuracies, double step, int last, SKRect chart)
    {
        var theme = canvas.Theme;
        float X(double at) => chart.Left + (float)(at / last) * chart.Width;
        float Y(double accuracy) => chart.Bottom - (float)accuracy * chart.Height;
        for (int percent = 0; percent <= 100; percent += 20)
        {
            canvas.Line(chart.Left, Y(percent / 100.0), chart.Right, Y(percent / 100.0), theme.Line);
            canvas.Text(Wording.Percent(percent / 100.0, 0), chart.Left - 8, Y(percent / 100.0) + 4, TextStyle.Small, Align.Right, theme.Muted);
        }
        foreach (double tick in Ticks.Of(0, last, 5)) canvas.Text(Ticks.Text(tick), X(tick), chart.Bottom + 20, TextStyle.Small, Align.Center, theme.Muted);
        canvas.Text("step", chart.Right, chart.Bottom + 38, TextStyle.Small, Align.Right, theme.Muted);
        int shown = Math.Clamp((int)step, 1, accuracies.Length);
        var points = new SKPoint[shown];
        for (int i = 0; i < shown; i++) points[i] = new SKPoint(X(i), Y(accuracies[i]));
        canvas.Curve(points, theme.First, 2);
        canvas.Fill(Around(points[^1], 4), theme.First, 4);
        for (int epoch = 0; epoch < history.Epochs.Length; epoch++)
        {
            double at = (double)last * (epoch + 1) / history.Epochs.Length;
            if (at > step + 0.5) break;
            canvas.Fill(Around(new SKPoint(X(at), Y(history.Epochs[epoch].TestAccuracy)), 5), theme.Second, 5);
        }
        float legend = chart.Bottom - 58;
        Key("training images, mean of 20 batches", accuracies[shown - 1], theme.First, legend);
        int done = (int)(history.Epochs.Length * step / last + 1e-9);
        if (done > 0) Key("test images, after each epoch", history.Epochs[done - 1].TestAccuracy, theme.Second, legend + 24);

        void Key(string name, double accuracy, SKColor color, float y)
        {
            string text = Wording.Percent(accuracy, 1);
            canvas.Fill(new SKRect(chart.Right - 268, y - 14, chart.Right - 4, y + 7), theme.Background);
            canvas.Text(text, chart.Right - 8, y, TextStyle.Heading, Align.Right, color);
            canvas.Text(name, chart.Right - 68, y, TextStyle.Small, Align.Right, theme.Muted);
        }
    }

    private static SKRect Around(SKPoint point, float radius) => new(point.X - radius, point.Y - radius, point.X + radius, point.Y + radius);

    private static float[] Smooth(ImmutableArray<float> values)
    {
        var means = new float[values.Length];
        double sum = 0;
        for (int i = 0; i < means.Length; i++)
        {
            sum += values[i] - (i >= SmoothedBatches ? values[i - SmoothedBatches] : 0);
            means[i] = (float)(sum / Math.Min(i + 1, SmoothedBatches));
        }
        return means;
    }
}
