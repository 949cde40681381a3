using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace StaticCnn.Mnist.Training;

/// <summary>
/// What fixes the weights of a training: declaration, recipe, seed, data and version, as one hash. The number of
/// threads is not part of it, since the weights do not depend on it.
/// </summary>
internal static class Fingerprint<TModel> where TModel : class, ICnnModel<TModel>
{
    /// <summary>The hash, SHA-256 in lower-case hexadecimal.</summary>
    /// <param name="recipe">The recipe, with what the command line changes of it.</param>
    /// <param name="seed">The training's seed.</param>
    /// <param name="dataIdentity">What the data is.</param>
    public static string Compute(TrainingRecipe recipe, ulong seed, string dataIdentity) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Describe(recipe, seed, dataIdentity))));

    private static string Describe(TrainingRecipe recipe, ulong seed, string dataIdentity)
    {
        var text = new StringBuilder();
        Line(text, $"version {ProgramVersion.Text}");
        Line(text, $"model {TModel.ModelName} {TModel.InputShape}");
        foreach (var layer in TModel.Layers)
        {
            Line(text, $"layer {layer.Name} {layer.Declaration} {layer.Input} {layer.Output}");
            foreach (var parameter in layer.Parameters)
            {
                Line(text, $"  {parameter.Name} {parameter.FanIn}");
                foreach (int size in parameter.Shape) Line(text, $"    {size}");
            }
        }
        Line(text, $"recipe {recipe.BatchSize} {recipe.Epochs} {recipe.LearningRate} {recipe.Beta1} {recipe.Beta2} {recipe.Epsilon}");
        Line(text, $"seed {seed}");
        Line(text, $"data {dataIdentity}");
        return text.ToString();
    }

    private static void Line(StringBuilder text, FormattableString line) =>
        text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
