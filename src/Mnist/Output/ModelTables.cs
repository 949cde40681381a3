using System.Globalization;
using System.Text;
using Spectre.Console;
using StaticCnn.Mnist.Commands;

namespace StaticCnn.Mnist.Output;

/// <summary>What there is to know of a network before it is trained: layers, shapes of the weights, flow of the data.</summary>
internal static class ModelTables
{
    /// <summary>Each layer's output shape, parameters and multiply-adds for one image.</summary>
    public static void WriteLayers<TModel>(CommandContext context) where TModel : class, ICnnModel<TModel>
    {
        context.Text.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{TModel.ModelName}: input {TModel.InputShape}, {TModel.ClassCount} classes, {TModel.ParameterCount:N0} parameters"));
        var table = CreateTable("Layer", "Kind", "Output shape").AddRight("Parameters").AddRight("Multiply-adds");
        long multiplyAdds = 0;
        foreach (var layer in TModel.Layers)
        {
            table.AddTexts(
                layer.Name, layer.Kind.ToString(), layer.Output.ToString(), Number(layer.ParameterCount), Number(layer.MultiplyAdds));
            multiplyAdds += layer.MultiplyAdds;
        }
        table.AddTexts("total", "", "", Number(TModel.ParameterCount), Number(multiplyAdds));
        context.Console.Write(table);
    }

    /// <summary>Each parameter's shape, what its outputs sum over, and the range of its initial values.</summary>
    public static void WriteWeightShapes<TModel>(CommandContext context) where TModel : class, ICnnModel<TModel>
    {
        context.Text.WriteLine("Weight shapes; initial values are uniform within 1/sqrt(fan-in) of zero");
        var table = CreateTable("Parameter", "Shape").AddRight("Values").AddRight("Fan-in").AddRight("Initially within");
        foreach (var layer in TModel.Layers)
        {
            foreach (var parameter in layer.Parameters)
            {
                table.AddTexts(
                    parameter.Name, Shape(parameter.Shape), Number(parameter.Count), Number(parameter.FanIn),
                    string.Create(CultureInfo.InvariantCulture, $"+-{1 / Math.Sqrt(parameter.FanIn):F4}"));
            }
        }
        context.Console.Write(table);
    }

    /// <summary>The shape of one image's values after each layer.</summary>
    public static void WriteDataFlow<TModel>(CommandContext context) where TModel : class, ICnnModel<TModel>
    {
        var line = new StringBuilder("Data flow: Input ").Append(TModel.InputShape);
        foreach (var layer in TModel.Layers) line.Append(" -> ").Append(layer.Name).Append(' ').Append(layer.Output);
        context.Text.WriteLine(line);
    }

    private static Table CreateTable(params ReadOnlySpan<string> columns)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (string column in columns) table.AddColumn(new TableColumn(new Text(column)).NoWrap());
        return table;
    }

    private static Table AddRight(this Table table, string column) =>
        table.AddColumn(new TableColumn(new Text(column)).NoWrap().RightAligned());

    // Texts, not strings: Spectre reads the brackets of a shape in a string as markup.
    private static void AddTexts(this Table table, params ReadOnlySpan<string> cells)
    {
        var texts = new Text[cells.Length];
        for (int i = 0; i < cells.Length; i++) texts[i] = new Text(cells[i]);
        table.AddRow(texts);
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Shape(IEnumerable<int> sizes) =>
        $"[{string.Join(',', sizes.Select(size => size.ToString(CultureInfo.InvariantCulture)))}]";
}
