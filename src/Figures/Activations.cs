using System.Collections.Immutable;

namespace StaticCnn.Figures;

/// <summary>What each layer of a network computed for one image.</summary>
public sealed class Activations
{
    private readonly float[][] _values;

    private Activations(float[] image, ImmutableArray<LayerInfo> layers, float[][] values) =>
        (Image, Layers, _values) = (image, layers, values);

    /// <summary>The image, [C,H,W].</summary>
    public float[] Image { get; }

    /// <summary>The layers in the order in which they ran.</summary>
    public ImmutableArray<LayerInfo> Layers { get; }

    /// <summary>The last layer's values, one for each class.</summary>
    public float[] Logits => _values[^1];

    /// <summary>The output of a layer, in its shape, [C,H,W] or [n].</summary>
    /// <param name="layer">Index into <see cref="Layers"/>.</param>
    public float[] this[int layer] => _values[layer];

    /// <summary>Runs an image through a network and copies what each layer computed.</summary>
    /// <param name="model">The network.</param>
    /// <param name="image">[C,H,W], as long as the network's input.</param>
    /// <exception cref="ArgumentException">The image has another length.</exception>
    public static Activations Of<TModel>(TModel model, ReadOnlySpan<float> image) where TModel : class, ICnnModel<TModel>
    {
        model.Forward(image, new float[TModel.ClassCount]);
        var values = new float[TModel.Layers.Length][];
        for (int layer = 0; layer < values.Length; layer++)
            model.CopyActivation(layer, values[layer] = new float[TModel.Layers[layer].Output.Length]);
        return new Activations(image.ToArray(), [.. TModel.Layers], values);
    }

    /// <summary>The probability of each class: the softmax of <see cref="Logits"/>.</summary>
    public float[] Probabilities() => Predictions.Softmax(Logits);

    /// <summary>The index of the layer with a name.</summary>
    /// <exception cref="FigureException">There is none; the message names those that there are.</exception>
    public static int IndexOf(ReadOnlySpan<LayerInfo> layers, string name)
    {
        for (int layer = 0; layer < layers.Length; layer++)
        {
            if (string.Equals(layers[layer].Name, name, StringComparison.OrdinalIgnoreCase)) return layer;
        }
        throw new FigureException(
            FigureProblem.Layer, $"There is no layer '{name}'. The layers are {string.Join(", ", layers.ToArray().Select(layer => layer.Name))}.");
    }

    /// <summary>Checks that a layer has a channel.</summary>
    /// <exception cref="FigureException">It does not.</exception>
    public static void CheckChannel(LayerInfo layer, int channel)
    {
        if ((uint)channel < (uint)layer.Output.Channels) return;
        throw new FigureException(
            FigureProblem.Channel, FormattableString.Invariant($"The channels of {layer.Name} go from 0 to {layer.Output.Channels - 1}; there is no channel {channel}."));
    }
}
