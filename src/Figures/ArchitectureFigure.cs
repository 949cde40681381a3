using System.Collections.Immutable;
using SkiaSharp;
using StaticCnn.Figures.Drawing;

namespace StaticCnn.Figures;

/// <summary>A network as blocks with shapes, parameters and multiply-adds.</summary>
public static class ArchitectureFigure
{
    private const int ColumnWidth = 104;
    private const int LabelWidth = 104;
    private const int MostColumns = 9;
    private const int BlockHeight = 170;
    private const int LineHeight = 17;
    private const int FirstLine = BlockHeight + 26;

    /// <summary>Draws a network.</summary>
    public static Figure Create<TModel>() where TModel : class, ICnnModel<TModel> => Create(TModel.ModelName, TModel.Layers);

    /// <summary>Draws layers.</summary>
    /// <param name="model">The network's name.</param>
    /// <param name="layers">Its layers in the order in which they run.</param>
    public static Figure Create(string model, ReadOnlySpan<LayerInfo> layers)
    {
        var stages = Stage.Of(layers);
        var input = layers[0].Input;
        var sizes = new BlockSizes(layers);
        long parameters = stages.Sum(ParametersOf), multiplyAdds = stages.Sum(stage => stage.Main.MultiplyAdds);
        int columns = Math.Min(MostColumns, stages.Length + 1), rows = (stages.Length + columns) / columns;
        int lines = stages.Max(stage => stage.Lines().Count());
        int rowHeight = FirstLine + lines * LineHeight + 118;
        return new Figure(
            "architecture",
            $"{model} as blocks: input {input}, {string.Join(", ", stages.Select(stage => $"{stage.Main.Name} {stage.Main.Output}"))}; {Wording.Count(parameters)} parameters, {Wording.Count(multiplyAdds)} multiply-adds for an image.",
            LabelWidth + columns * ColumnWidth + 2 * Canvas.Margin, Canvas.HeaderBottom + rows * rowHeight, canvas =>
            {
                canvas.Header(model, $"{Wording.Count(parameters)} parameters, {Wording.Count(multiplyAdds)} multiply-adds for one image");
                for (int i = 0; i <= stages.Length; i++)
                {
                    float left = Canvas.Margin + LabelWidth + i % columns * ColumnWidth, top = Canvas.HeaderBottom + i / columns * rowHeight;
                    if (i % columns == 0) DrawLabels(canvas, top, lines);
                    if (i % columns > 0) DrawArrow(canvas, sizes, left, top, i == 1 ? input : stages[i - 2].Main.Output, stages[i - 1].Main.Output);
                    if (i == 0) DrawInput(canvas, sizes, left, top, input, lines);
                    else DrawStage(canvas, sizes, left, top, stages, stages[i - 1], lines);
                }
            });
    }

    private static void DrawLabels(Canvas canvas, float top, int lines)
    {
        float y = top + FirstLine + (lines + 1) * LineHeight + 8;
        foreach (string label in new[] { "output", "parameters", "multiply-adds" })
        {
            canvas.Text(label, Canvas.Margin, y, TextStyle.Label, color: canvas.Theme.Muted);
            y += label == "output" ? 24 : 32;
        }
    }

    private static void DrawInput(Canvas canvas, BlockSizes sizes, float left, float top, TensorShape input, int lines)
    {
        sizes.Draw(canvas, left + ColumnWidth / 2f, top + BlockHeight / 2f, input, canvas.Theme.Muted);
        DrawTexts(canvas, left, top, "input", ["image"], input, lines);
    }

    private static void DrawStage(
        Canvas canvas, BlockSizes sizes, float left, float top, ImmutableArray<Stage> stages, Stage stage, int lines)
    {
        var color = stage.Main.Attribute switch
        {
            Conv2dAttribute => canvas.Theme.First,
            LinearAttribute => canvas.Theme.Second,
            _ => canvas.Theme.Muted,
        };
        sizes.Draw(canvas, left + ColumnWidth / 2f, top + BlockHeight / 2f, stage.Main.Output, color);
        DrawTexts(canvas, left, top, stage.Main.Name, stage.Lines(), stage.Main.Output, lines);
        float y = top + FirstLine + (lines + 1) * LineHeight + 32;
        DrawNumber(canvas, left, y, ParametersOf(stage), stages.Max(ParametersOf), color);
        DrawNumber(canvas, left, y + 32, stage.Main.MultiplyAdds, stages.Max(one => one.Main.MultiplyAdds), color);
    }

    private static void DrawTexts(Canvas canvas, float left, float top, string name, IEnumerable<string> what, TensorShape shape, int lines)
    {
        float middle = left + ColumnWidth / 2f, y = top + FirstLine;
        canvas.Text(name, middle, y, TextStyle.Heading, Align.Center, width: ColumnWidth - 8);
        foreach (string line in what) canvas.Text(line, middle, y += LineHeight, TextStyle.Small, Align.Center, canvas.Theme.Muted);
        canvas.Text(shape.ToString(), middle, top + FirstLine + (lines + 1) * LineHeight + 8, TextStyle.Label, Align.Center);
    }

    /// <summary>A number above a bar whose length is its share of the largest.</summary>
    private static void DrawNumber(Canvas canvas, float left, float y, long number, long largest, SKColor color)
    {
        float middle = left + ColumnWidth / 2f;
        canvas.Text(number == 0 ? "–" : Wording.Count(number), middle, y, TextStyle.Label, Align.Center, number == 0 ? canvas.Theme.Muted : canvas.Theme.Ink);
        if (number == 0) return;
        float length = Math.Max(1.5f, (ColumnWidth - 24) * (float)number / largest);
        canvas.Fill(new SKRect(middle - length / 2, y + 6, middle + length / 2, y + 10), color, radius: 1);
    }

    private static void DrawArrow(Canvas canvas, BlockSizes sizes, float left, float top, TensorShape from, TensorShape to)
    {
        float y = top + BlockHeight / 2f;
        float start = left - ColumnWidth / 2f + sizes.WidthOf(from) / 2 + 5, end = left + ColumnWidth / 2f - sizes.WidthOf(to) / 2 - 5;
        if (end - start > 8) canvas.Arrow(start, y, end, y, canvas.Theme.Muted, 1.25f);
    }

    private static long ParametersOf(Stage stage) => stage.Main.ParameterCount;
}
