using System.Collections.Immutable;
using StaticCnn.Golden;
using StaticCnn.Reference;

namespace StaticCnn.Tests;

/// <summary>The networks of the golden fixtures as the reference reads them, with the fixtures' initial weights.</summary>
internal sealed class GoldenNetworks
{
    private readonly List<LayerInfo> _layers = [];
    private readonly ParameterStore _parameters;
    private TensorShape _shape;

    private GoldenNetworks(GoldenFile golden, TensorShape input)
    {
        _shape = input;
        _parameters = SampleParameters.Store([.. golden.ParameterNames.Select(name => (name, golden.Shape(name), 1))]);
        foreach (var info in _parameters.Infos) _parameters.Set(_parameters.IndexOf(info.Name), golden[info.Name]);
    }

    /// <summary>The network called <paramref name="name"/>, and its parameters.</summary>
    public static (ReferenceNetwork Network, ParameterStore Parameters) Create(string name, GoldenFile golden)
    {
        var network = name switch
        {
            "SimpleCnn" => new GoldenNetworks(golden, new TensorShape(1, 28, 28))
                .Conv2d("conv1", 16, 5, 5, 1, 1, 2, 2).Relu().MaxPool2d(2, 2, 2, 2)
                .Conv2d("conv2", 32, 5, 5, 1, 1, 2, 2).Relu().MaxPool2d(2, 2, 2, 2)
                .Flatten().Linear("fc1", 128).Relu().Dropout(0.2f).Linear("fc2", 10),
            "OddCnn" => new GoldenNetworks(golden, new TensorShape(3, 13, 17))
                .Conv2d("conv1", 5, 3, 5, 2, 1, 1, 2).Relu().MaxPool2d(2, 3, 1, 2)
                .Conv2d("conv2", 7, 2, 2).Relu().Flatten().Linear("fc1", 11).Relu().Linear("fc2", 6),
            "PoolFirstCnn" => new GoldenNetworks(golden, new TensorShape(2, 20, 12))
                .MaxPool2d(3, 3, 2, 2).Conv2d("conv1", 9, 1, 1).Relu()
                .Conv2d("conv2", 4, 4, 3, 1, 1, 3, 2).Flatten().Dropout(0.5f).Linear("fc1", 3),
            "TieCnn" => new GoldenNetworks(golden, new TensorShape(1, 10, 9))
                .Conv2d("conv1", 3, 3, 3, 1, 1, 1, 1).MaxPool2d(2, 2, 2, 2).Relu()
                .Conv2d("conv2", 5, 2, 2).MaxPool2d(3, 2, 1, 1).Relu()
                .Flatten().Linear("fc1", 4),
            _ => throw new ArgumentException($"There is no golden network {name}.", nameof(name)),
        };
        return (new ReferenceNetwork([.. network._layers], network._parameters), network._parameters);
    }

    private GoldenNetworks Conv2d(
        string name, int outChannels, int kernelHeight, int kernelWidth, int strideHeight = 1, int strideWidth = 1, int paddingHeight = 0, int paddingWidth = 0) =>
        Add(SampleLayers.Conv2d(_shape, outChannels, kernelHeight, kernelWidth, strideHeight, strideWidth, paddingHeight, paddingWidth) with { Parameters = ParametersOf(name) });

    private GoldenNetworks MaxPool2d(int windowHeight, int windowWidth, int strideHeight, int strideWidth) =>
        Add(SampleLayers.MaxPool2d(_shape, windowHeight, windowWidth, strideHeight, strideWidth));

    private GoldenNetworks Relu() => Add(new LayerInfo("relu", new ReLUAttribute(), _shape, _shape, [], 0));

    private GoldenNetworks Dropout(float probability) =>
        Add(new LayerInfo("dropout", new DropoutAttribute(probability), _shape, _shape, [], 0));

    private GoldenNetworks Flatten() =>
        Add(new LayerInfo("flatten", new FlattenAttribute(), _shape, new TensorShape(_shape.Length), [], 0));

    private GoldenNetworks Linear(string name, int outFeatures) =>
        Add(new LayerInfo(name, new LinearAttribute(outFeatures), _shape, new TensorShape(outFeatures), ParametersOf(name), 0));

    private GoldenNetworks Add(LayerInfo layer)
    {
        _layers.Add(layer);
        _shape = layer.Output;
        return this;
    }

    private ImmutableArray<ParameterInfo> ParametersOf(string layer) =>
        [.. _parameters.Infos.Where(info => info.Name.StartsWith(layer + ".", StringComparison.Ordinal))];
}
