using StaticCnn.Reference;

namespace StaticCnn.Tests;

/// <summary>Layers as the generator describes them, and small networks of them.</summary>
internal static class SampleLayers
{
    public static LayerInfo Conv2d(
        TensorShape input, int outChannels, int kernelHeight, int kernelWidth, int strideHeight = 1, int strideWidth = 1, int paddingHeight = 0, int paddingWidth = 0) =>
        Plain("Conv2d", new Conv2dAttribute(outChannels, kernelHeight, kernelWidth)
        {
            StrideHeight = strideHeight,
            StrideWidth = strideWidth,
            PaddingHeight = paddingHeight,
            PaddingWidth = paddingWidth,
        }, input, new TensorShape(
            outChannels, (input.Height + 2 * paddingHeight - kernelHeight) / strideHeight + 1, (input.Width + 2 * paddingWidth - kernelWidth) / strideWidth + 1));

    public static LayerInfo MaxPool2d(TensorShape input, int windowHeight, int windowWidth, int strideHeight = 1, int strideWidth = 1) =>
        Plain("MaxPool2d", new MaxPool2dAttribute(windowHeight, windowWidth) { StrideHeight = strideHeight, StrideWidth = strideWidth }, input, new TensorShape(
            input.Channels, (input.Height - windowHeight) / strideHeight + 1, (input.Width - windowWidth) / strideWidth + 1));

    /// <summary>conv (stride and padding not square), relu, overlapping pool, flatten, linear, relu, dropout, linear without bias: 2x9x8 to 3 classes.</summary>
    public static (ReferenceNetwork Network, ParameterStore Parameters) Network(ulong seed)
    {
        var parameters = SampleParameters.Store(
            ("conv1.weight", [4, 2, 3, 2], 12), ("conv1.bias", [4], 12), ("fc1.weight", [6, 24], 24), ("fc1.bias", [6], 24), ("fc2.weight", [3, 6], 6));
        parameters.Initialize(seed);
        var conv = Conv2d(new TensorShape(2, 9, 8), 4, 3, 2, 2, 1, 1, 0) with
        {
            Parameters = [parameters.Infos[0], parameters.Infos[1]],
        };
        var relu1 = Plain("relu1", new ReLUAttribute(), conv.Output, conv.Output);
        var pool = MaxPool2d(relu1.Output, 3, 3, 2, 2);
        var flatten = Plain("flatten", new FlattenAttribute(), pool.Output, new TensorShape(pool.Output.Length));
        var fc1 = Plain("fc1", new LinearAttribute(6), flatten.Output, new TensorShape(6)) with { Parameters = [parameters.Infos[2], parameters.Infos[3]] };
        var relu2 = Plain("relu2", new ReLUAttribute(), fc1.Output, fc1.Output);
        var dropout = Plain("dropout1", new DropoutAttribute(0.4f), fc1.Output, fc1.Output);
        var fc2 = Plain("fc2", new LinearAttribute(3), dropout.Output, new TensorShape(3)) with { Parameters = [parameters.Infos[4]] };
        return (new ReferenceNetwork([conv, relu1, pool, flatten, fc1, relu2, dropout, fc2], parameters), parameters);
    }

    /// <summary>Uniform in [-1,1).</summary>
    public static float[] Values(int count, ulong seed)
    {
        var random = new CounterRandom(seed, 99);
        return [.. Enumerable.Range(0, count).Select(i => 2 * random.Single((ulong)i) - 1)];
    }

    private static LayerInfo Plain(string name, LayerAttribute attribute, TensorShape input, TensorShape output) => new(name, attribute, input, output, [], 0);
}
