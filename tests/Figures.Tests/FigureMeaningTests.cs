using SkiaSharp;
using StaticCnn.Figures.Drawing;
using StaticCnn.Figures.History;

namespace StaticCnn.Figures.Tests;

/// <summary>What a figure's colours and places say is so.</summary>
public class FigureMeaningTests
{
    private static readonly Theme Light = Theme.Light;
    private static readonly LabeledImages Images = TestImages.Of(new TensorShape(1, 28, 28), 3, 9);

    [Fact]
    public void A_right_answer_has_a_green_title_and_a_wrong_one_a_red_title()
    {
        var predictions = new Predictions(Images, [new(0, 0, 0, 0.9f), new(1, 1, 2, 0.6f)], 3);
        using var pixels = new Pixels(PredictionsFigure.Create(predictions));
        // The titles stand above the images, which are 112 units wide with 28 between them.
        var first = new SKRect(20, 80, 140, 114);
        var second = new SKRect(160, 80, 280, 114);
        Assert.True(pixels.Count(Light.Right, first) > 100);
        Assert.Equal(0, pixels.Count(Light.Wrong, first));
        Assert.True(pixels.Count(Light.Wrong, second) > 100);
        Assert.Equal(0, pixels.Count(Light.Right, second));
    }

    [Fact]
    public void Mistakes_are_the_wrong_answers_from_the_surest_on()
    {
        var predictions = new Predictions(Images, [new(0, 0, 0, 0.99f), new(1, 1, 2, 0.6f), new(2, 2, 0, 0.8f), new(4, 1, 0, 0.8f)], 3);
        Assert.Equal([2, 4, 1], predictions.Mistakes().Select(answer => answer.Image));
        using var pixels = new Pixels(PredictionsFigure.CreateMistakes(predictions));
        Assert.Equal(0, pixels.Count(Light.Right));
        Assert.True(pixels.Count(Light.Wrong) > 300);
    }

    [Fact]
    public void Kernels_are_blue_above_zero_red_below_and_white_at_zero()
    {
        var model = TestCnn.Create();
        var values = new float[6 * 9];
        values.AsSpan(0, 9).Fill(0.5f);
        values.AsSpan(9, 9).Fill(-0.5f);
        model.Parameters.Set(model.Parameters.IndexOf("conv1.weight"), values);
        using var pixels = new Pixels(KernelsFigure.Create(model));
        // Six kernels of 78 units, 14 between them.
        float y = Canvas.HeaderBottom + 16 + 40;
        Assert.Equal(ColorMap.RdBu.At(1), pixels[Canvas.Margin + 40, y]);
        Assert.Equal(ColorMap.RdBu.At(0), pixels[Canvas.Margin + 92 + 40, y]);
        Assert.Equal(ColorMap.RdBu.At(0.5), pixels[Canvas.Margin + 2 * 92 + 40, y]);
    }

    [Fact]
    public void Feature_maps_are_what_the_layer_computed_in_viridis()
    {
        var model = TestCnn.Create();
        model.Parameters.Set(model.Parameters.IndexOf("conv1.weight"), new float[6 * 9]);
        model.Parameters.Set(model.Parameters.IndexOf("conv1.bias"), [0, 1, 2, -1, 0, 0]);
        var image = new float[64];
        // conv1 gives each map its bias everywhere, and ReLU cuts what is negative.
        Assert.Equal(2, Activations.Of(model, image)[1][2 * 64]);
        using var pixels = new Pixels(FeaturesFigure.Create(model, image));
        float mapPixels = pixels.Count(ColorMap.Viridis.At(1));
        Assert.InRange(pixels.Count(ColorMap.Viridis.At(0.5)), mapPixels, mapPixels * 1.1); // One map each, and a line or two of the scale.
        Assert.InRange(pixels.Count(ColorMap.Viridis.At(0)), 4 * mapPixels, 4.2 * mapPixels);
        Assert.True(mapPixels > 5000);
    }

    [Fact]
    public void The_data_flow_ends_in_a_green_bar_where_the_answer_is_right_and_in_a_red_one_where_it_is_wrong()
    {
        var model = TestCnn.Create();
        model.Parameters.Set(model.Parameters.IndexOf("fc2.weight"), new float[36]);
        model.Parameters.Set(model.Parameters.IndexOf("fc2.bias"), [0, 0, 9]);
        using var right = new Pixels(DataFlowFigure.Create(model, new float[64], label: 2));
        using var wrong = new Pixels(DataFlowFigure.Create(model, new float[64], label: 1));
        Assert.True(right.Count(Light.Right) > 1000);
        Assert.Equal(0, right.Count(Light.Wrong));
        Assert.True(wrong.Count(Light.Wrong) > 1000);
        Assert.Equal(0, wrong.Count(Light.Right));
    }

    [Fact]
    public void The_confusion_matrix_has_labels_in_rows_and_answers_in_columns()
    {
        var predictions = new Predictions(Images, [new(0, 0, 0, 0.9f), new(1, 1, 2, 0.6f), new(2, 2, 2, 0.6f)], 3);
        Assert.Equal(1, predictions.Confusion()[1, 2]);
        using var pixels = new Pixels(ConfusionFigure.Create(predictions));
        SKColor Cell(int label, int answer) => pixels[Canvas.Margin + 44 + answer * 40 + 5, Canvas.HeaderBottom + 44 + label * 40 + 5];
        Assert.True(Cell(0, 0).Green > Cell(0, 0).Red);
        Assert.True(Cell(1, 2).Red > Cell(1, 2).Green + 50);
        Assert.Equal(Light.Panel, Cell(2, 1));
        Assert.Equal(Light.Panel, Cell(1, 1));
    }

    [Fact]
    public void The_training_rises_in_accuracy_and_falls_in_loss()
    {
        var history = new TrainingHistory(
            new TrainingOrigin("M", "data", "", 0, "", default, 1, 256, 8, 0.001f, ""),
            [new EpochRecord(1, 1, 0.5, 1, 0.6), new EpochRecord(1, 0.1, 0.95, 0.1, 0.97)],
            [.. Enumerable.Range(0, 100).Select(i => 2f / (1 + i))], [.. Enumerable.Range(0, 100).Select(i => 1 - 0.9f / (1 + i))], null, []);
        using var pixels = new Pixels(TrainingFigure.Create(history));
        // Test dots at the end of the first and of the second epoch, in the left chart and in the right one.
        (float left, float right) loss = (MeanRow(pixels, 270, 276), MeanRow(pixels, 466, 474));
        (float left, float right) accuracy = (MeanRow(pixels, 754, 760), MeanRow(pixels, 950, 958));
        Assert.True(loss.right > loss.left + 40);
        Assert.True(accuracy.right < accuracy.left - 40);
    }

    [Fact]
    public void The_weights_spread_from_ridge_to_ridge()
    {
        var even = new Histogram(-0.1f, 0.1f, [.. Enumerable.Repeat(5, 20)]);
        var wide = new Histogram(-0.5f, 0.5f, [.. Enumerable.Repeat(5, 20)]);
        var history = new TrainingHistory(
            new TrainingOrigin("M", "data", "", 0, "", default, 1, 256, 8, 0.001f, ""),
            [new EpochRecord(1, 1, 0.5, 1, 0.6)], [1], [0.5f], null, [new WeightHistory("fc1.weight", [even, wide])]);
        using var pixels = new Pixels(WeightsFigure.Create(history));
        // The two baselines, one ridge step apart.
        static bool IsRidge(SKColor color) => color.Green > color.Red + 20 || color.Blue > color.Red + 20;
        float last = Canvas.HeaderBottom + 30 + 58 + 34 + 34 - 30;
        int initial = pixels.WidthOf(IsRidge, new SKRect(90, last - 34 - 2, pixels.Width, last - 34));
        int final = pixels.WidthOf(IsRidge, new SKRect(90, last - 2, pixels.Width, last));
        Assert.InRange((double)initial / final, 0.15, 0.25);
    }

    private static float MeanRow(Pixels pixels, int left, int right)
    {
        float sum = 0;
        int count = 0;
        for (int y = 112; y < pixels.Height; y++)
        {
            for (int x = left; x < right; x++)
            {
                if (pixels[x, y] != Light.Second) continue;
                sum += y;
                count++;
            }
        }
        Assert.True(count > 10, $"no test dot between {left} and {right}");
        return sum / count;
    }
}
