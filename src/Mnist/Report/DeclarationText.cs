using System.Globalization;
using System.Text;

namespace StaticCnn.Mnist.Report;

/// <summary>Writes a network as the attributes that declare it; its layers start a new line where one has parameters, or Flatten prepares it.</summary>
internal static class DeclarationText
{
    public static string Of<TModel>() where TModel : class, ICnnModel<TModel>
    {
        var text = new StringBuilder();
        var input = TModel.InputShape;
        text.Append(CultureInfo.InvariantCulture, $"[CnnModel({input.Channels}, {input.Height}, {input.Width})]\n");
        var line = new List<string>();
        foreach (var layer in TModel.Layers)
        {
            bool follows = line.Count == 1 && line[0] == "Flatten";
            if (line.Count > 0 && !follows && layer.Kind is LayerKind.Conv2d or LayerKind.Linear or LayerKind.Flatten) End();
            line.Add(Attribute(layer));
        }
        End();
        var recipe = TModel.Recipe;
        text.Append(CultureInfo.InvariantCulture, $"[Training(BatchSize = {recipe.BatchSize}, Epochs = {recipe.Epochs}, LearningRate = {recipe.LearningRate}f)]\n");
        return text.Append(CultureInfo.InvariantCulture, $"public sealed partial class {TModel.ModelName};").ToString();

        void End()
        {
            text.Append(CultureInfo.InvariantCulture, $"[{string.Join(", ", line)}]\n");
            line.Clear();
        }
    }

    private static string Attribute(LayerInfo layer)
    {
        var o = layer.Options;
        var arguments = new List<string>();
        switch (layer.Kind)
        {
            case LayerKind.Conv2d:
                arguments.Add(Text(layer.Output.Channels));
                AddWindow();
                AddPair("Stride", o.StrideHeight, o.StrideWidth, 1, 1);
                AddPair("Padding", o.PaddingHeight, o.PaddingWidth, 0, 0);
                break;
            case LayerKind.MaxPool2d:
                AddWindow();
                AddPair("Stride", o.StrideHeight, o.StrideWidth, o.WindowHeight, o.WindowWidth);
                break;
            case LayerKind.Linear:
                arguments.Add(Text(layer.Output.Channels));
                break;
            case LayerKind.Dropout:
                arguments.Add(o.Probability.ToString(CultureInfo.InvariantCulture) + "f");
                break;
        }
        if (layer.Kind is LayerKind.Conv2d or LayerKind.Linear && layer.Parameters.Length == 1) arguments.Add("Bias = false");
        return arguments.Count == 0 ? layer.Kind.ToString() : $"{layer.Kind}({string.Join(", ", arguments)})";

        void AddWindow()
        {
            arguments.Add(Text(o.WindowHeight));
            if (o.WindowWidth != o.WindowHeight) arguments.Add(Text(o.WindowWidth));
        }

        void AddPair(string name, int height, int width, int usualHeight, int usualWidth)
        {
            if (height == usualHeight && width == usualWidth) return;
            if (height == width) arguments.Add($"{name} = {Text(height)}");
            else arguments.Add($"{name}Height = {Text(height)}, {name}Width = {Text(width)}");
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
