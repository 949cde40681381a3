using System.Globalization;

namespace StaticCnn.Mnist.Training;

/// <summary>Finds where the numbers of a network that diverged went out of range.</summary>
internal static class Divergence
{
    /// <summary>Half a sentence that names the parameter or the layer.</summary>
    /// <param name="model">The network, with its parameters from before the step that was not taken.</param>
    /// <param name="images">The images of that step.</param>
    public static string Describe<TModel>(TModel model, ReadOnlySpan<float> images) where TModel : class, ICnnModel<TModel>
    {
        var parameters = model.Parameters;
        for (int p = 0; p < parameters.Infos.Length; p++)
        {
            float[] values = new float[parameters.Infos[p].Count];
            parameters.Get(p, values);
            if (values.Any(value => !float.IsFinite(value))) return $"and {parameters.Infos[p].Name} is no longer finite";
        }
        float[] logits = new float[TModel.ClassCount];
        for (int start = 0; start < images.Length; start += TModel.ImageLength)
        {
            model.Forward(images.Slice(start, TModel.ImageLength), logits);
            for (int layer = 0; layer < TModel.Layers.Length; layer++)
            {
                float[] output = new float[TModel.Layers[layer].Output.Length];
                model.CopyActivation(layer, output);
                if (output.Any(value => !float.IsFinite(value))) return $"and the output of {TModel.Layers[layer].Name} is no longer finite";
            }
        }
        float largest = logits.Max(Math.Abs);
        return string.Create(CultureInfo.InvariantCulture, $"and {TModel.Layers[^1].Name} gives values up to {largest:g3}");
    }
}
