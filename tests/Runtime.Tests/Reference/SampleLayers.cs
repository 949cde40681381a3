using StaticCnn.Reference;

namespace StaticCnn.Tests;

/// <summary>Layers as the generator describes them, and small networks of them.</summary>
internal static class SampleLayers
{
    public static LayerInfo Windowed(LayerKind kind, TensorShape input, int outChannels, LayerOptions options) => new(
        kind.ToString(), kind, input,
        new TensorShape(
            outChannels,
            (input.Height + 2 * options.PaddingHeight - options.WindowHeight) / options.StrideHeight + 1,
            (input.Width + 2 * options.PaddingWidth - options.WindowWidth) / options.StrideWidth + 1),
        [], 0, options);

    /// <summary>conv (stride and padding not square), relu, overlapping pool, flatten, linear, relu, dropout, linear without bias: 2x9x8 to 3 classes.</summary>
    public static (ReferenceNetwork Network, ParameterStore Parameters) Network(ulong seed)
    {
        var parameters = SampleParameters.Store(
            ("conv1.weight", [4, 2, 3, 2], 12), ("conv1.bias", [4], 12), ("fc1.weight", [6, 24], 24), ("fc1.bias", [6], 24), ("fc2.weight", [3, 6], 6));
        parameters.Initialize(seed);
        var conv = Windowed(LayerKind.Conv2d, new TensorShape(2, 9, 8), 4, new LayerOptions(3, 2, 2, 1, 1, 0)) with
        {
            Parameters = [parameters.Infos[0], parameters.Infos[1]],
        };
        var relu1 = Plain("relu1", LayerKind.ReLU, conv.Output, conv.Output);
        var pool = Windowed(LayerKind.MaxPool2d, relu1.Output, 4, new LayerOptions(3, 3, 2, 2));
        var flatten = Plain("flatten", LayerKind.Flatten, pool.Output, new TensorShape(pool.Output.Length));
        var fc1 = Plain("fc1", LayerKind.Linear, flatten.Output, new TensorShape(6)) with { Parameters = [parameters.Infos[2], parameters.Infos[3]] };
        var relu2 = Plain("relu2", LayerKind.ReLU, fc1.Output, fc1.Output);
        var dropout = Plain("dropout1", LayerKind.Dropout, fc1.Output, fc1.Output) with { Options = new LayerOptions(Probability: 0.4f) };
        var fc2 = Plain("fc2", LayerKind.Linear, dropout.Output, new TensorShape(3)) with { Parameters = [parameters.Infos[4]] };
        return (new ReferenceNetwork([conv, relu1, pool, flatten, fc1, relu2, dropout, fc2], parameters), parameters);
    }

    /// <summary>Uniform in [-1,1).</summary>
    public static float[] Values(int count, ulong seed)
    {
        var random = new CounterRandom(seed, 99);
        return [.. Enumerable.Range(0, count).Select(i => 2 * random.Single((ulong)i) - 1)];
    }

    private static LayerInfo Plain(string name, LayerKind kind, TensorShape input, TensorShape output) => new(name, kind, input, output, [], 0, default);
}
