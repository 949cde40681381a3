using System.Collections.Immutable;
using StaticCnn.Generated;

namespace StaticCnn.Reference;

/// <summary>Which dropout masks to draw: those of the generated trainer with this seed, after this many steps.</summary>
/// <param name="Seed">The trainer's seed.</param>
/// <param name="Step">Steps taken before.</param>
public readonly record struct DropoutDraw(ulong Seed, long Step);

/// <summary>
/// A network interpreted layer by layer with plain loops: float values, double sums. Slow, short and right; generated
/// networks are tested against it.
/// </summary>
public sealed class ReferenceNetwork
{
    private readonly ImmutableArray<LayerInfo> _layers;
    private readonly ParameterStore _parameters;
    private readonly float[][] _first;
    private readonly float[][] _second;
    private long _steps;

    /// <summary>Interprets <paramref name="layers"/>, with the parameters that <paramref name="parameters"/> has at each call.</summary>
    /// <param name="layers">The layers in the order in which they run.</param>
    /// <param name="parameters">Their parameters, looked up by name.</param>
    public ReferenceNetwork(ReadOnlySpan<LayerInfo> layers, ParameterStore parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        _layers = [.. layers];
        _parameters = parameters;
        _first = [.. parameters.Infos.Select(info => new float[info.Count])];
        _second = [.. parameters.Infos.Select(info => new float[info.Count])];
    }

    /// <summary>The output of each layer for one image; the last are the logits.</summary>
    /// <param name="image">[C,H,W].</param>
    public float[][] Forward(ReadOnlySpan<float> image) => Forward(image, Values(), dropout: null, index: 0);

    /// <summary>The mean cross-entropy of a batch.</summary>
    /// <param name="images">[n,C,H,W].</param>
    /// <param name="labels">n classes.</param>
    /// <param name="dropout">The masks; without them dropout layers do nothing.</param>
    public double Loss(ReadOnlySpan<float> images, ReadOnlySpan<int> labels, DropoutDraw? dropout = null)
    {
        float[][] values = Values();
        double sum = 0;
        for (int index = 0; index < labels.Length; index++)
        {
            sum += CrossEntropy.Forward(Forward(Image(images, index), values, dropout, index)[^1], labels[index]);
        }
        return sum / labels.Length;
    }

    /// <summary>The gradient of the mean cross-entropy of a batch with respect to each parameter.</summary>
    /// <param name="images">[n,C,H,W].</param>
    /// <param name="labels">n classes.</param>
    /// <param name="dropout">The masks; without them dropout layers do nothing.</param>
    /// <returns>One array per parameter, in the store's order and PyTorch's layout.</returns>
    public float[][] Gradients(ReadOnlySpan<float> images, ReadOnlySpan<int> labels, DropoutDraw? dropout = null)
    {
        float[][] values = Values();
        double[][] sums = [.. values.Select(v => new double[v.Length])];
        for (int index = 0; index < labels.Length; index++)
        {
            var image = Image(images, index);
            float[][] outputs = Forward(image, values, dropout, index);
            float[] gradient = new float[outputs[^1].Length];
            CrossEntropy.Backward(outputs[^1], labels[index], 1.0 / labels.Length, gradient);
            for (int l = _layers.Length - 1; l >= 0; l--)
            {
                gradient = Backward(l, l == 0 ? image : outputs[l - 1], gradient, values, sums, dropout, index);
            }
        }
        return [.. sums.Select(sum => Array.ConvertAll(sum, s => (float)s))];
    }

    /// <summary>One step of Adam; the moments are this object's.</summary>
    /// <param name="gradients">Of <see cref="Gradients"/>.</param>
    /// <param name="recipe">The decays and epsilon.</param>
    /// <param name="learningRate">The learning rate of this step.</param>
    public void AdamStep(float[][] gradients, TrainingRecipe recipe, float learningRate)
    {
        ArgumentNullException.ThrowIfNull(gradients);
        ArgumentNullException.ThrowIfNull(recipe);
        _steps++;
        float[][] values = Values();
        for (int p = 0; p < values.Length; p++)
        {
            Adam.Step(values[p], gradients[p], _first[p], _second[p], recipe, learningRate, _steps);
            _parameters.Set(p, values[p]);
        }
    }

    private float[][] Forward(ReadOnlySpan<float> image, float[][] values, DropoutDraw? dropout, int index)
    {
        float[][] outputs = new float[_layers.Length][];
        for (int l = 0; l < outputs.Length; l++)
        {
            var layer = _layers[l];
            var input = l == 0 ? image : outputs[l - 1];
            var output = outputs[l] = new float[layer.Output.Length];
            switch (layer.Attribute)
            {
                case Conv2dAttribute: Conv2d.Forward(layer, input, Of(layer, 0, values), Of(layer, 1, values), output); break;
                case MaxPool2dAttribute: MaxPool2d.Forward(layer, input, output); break;
                case ReLUAttribute: ReLU.Forward(input, output); break;
                case FlattenAttribute: Flatten.Forward(input, output); break;
                case LinearAttribute: Linear.Forward(input, Of(layer, 0, values), Of(layer, 1, values), output); break;
                case DropoutAttribute: Dropout.Forward(Key(dropout, index, l), Probability(dropout, layer), input, output); break;
                default: throw new NotSupportedException($"The reference has no layer {layer.Kind}.");
            }
        }
        return outputs;
    }

    /// <summary>Returns the gradient of the layer's input and adds those of its parameters to <paramref name="sums"/>.</summary>
    private float[] Backward(
        int l, ReadOnlySpan<float> input, float[] outputGradient, float[][] values, double[][] sums, DropoutDraw? dropout, int index)
    {
        var layer = _layers[l];
        float[] gradient = new float[input.Length];
        switch (layer.Attribute)
        {
            case Conv2dAttribute: Conv2d.Backward(layer, input, Of(layer, 0, values), outputGradient, gradient, Of(layer, 0, sums), Of(layer, 1, sums)); break;
            case MaxPool2dAttribute: MaxPool2d.Backward(layer, input, outputGradient, gradient); break;
            case ReLUAttribute: ReLU.Backward(input, outputGradient, gradient); break;
            case FlattenAttribute: Flatten.Backward(outputGradient, gradient); break;
            case LinearAttribute: Linear.Backward(input, Of(layer, 0, values), outputGradient, gradient, Of(layer, 0, sums), Of(layer, 1, sums)); break;
            case DropoutAttribute: Dropout.Backward(Key(dropout, index, l), Probability(dropout, layer), outputGradient, gradient); break;
            default: throw new NotSupportedException($"The reference has no layer {layer.Kind}.");
        }
        return gradient;
    }

    private float[][] Values()
    {
        float[][] values = new float[_parameters.Infos.Length][];
        for (int p = 0; p < values.Length; p++) _parameters.Get(p, values[p] = new float[_parameters.Infos[p].Count]);
        return values;
    }

    /// <summary>What belongs to a layer's weight (0) or bias (1); nothing where the layer has none.</summary>
    private T[] Of<T>(LayerInfo layer, int parameter, T[][] all) =>
        parameter < layer.Parameters.Length ? all[_parameters.IndexOf(layer.Parameters[parameter].Name)] : [];

    private ReadOnlySpan<float> Image(ReadOnlySpan<float> images, int index) =>
        images.Slice(index * _layers[0].Input.Length, _layers[0].Input.Length);

    private static uint Key(DropoutDraw? dropout, int index, int layer) =>
        dropout is { } draw ? DropoutKeys.Key(draw.Seed, draw.Step, index, layer) : 0;

    private static float Probability(DropoutDraw? dropout, LayerInfo layer) => dropout is not null && layer.Attribute is DropoutAttribute drops ? drops.Probability : 0;
}
