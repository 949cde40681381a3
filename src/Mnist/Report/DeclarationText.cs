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
            if (line.Count > 0 && !follows && (layer.Parameters.Length > 0 || layer.Attribute is FlattenAttribute)) End();
            line.Add(layer.Declaration);
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
}
