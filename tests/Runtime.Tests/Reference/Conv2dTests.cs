using CsCheck;
using StaticCnn.Reference;

namespace StaticCnn.Tests;

public class Conv2dTests
{
    private static readonly Gen<LayerInfo> Layers =
        from channels in Gen.Int[1, 3]
        from outChannels in Gen.Int[1, 3]
        from height in Gen.Int[4, 8]
        from width in Gen.Int[4, 8]
        from kernel in Gen.Select(Gen.Int[1, 4], Gen.Int[1, 4])
        from stride in Gen.Select(Gen.Int[1, 3], Gen.Int[1, 3])
        from padding in Gen.Select(Gen.Int[0, 3], Gen.Int[0, 3])
        select SampleLayers.Conv2d(new TensorShape(channels, height, width), outChannels, kernel.Item1, kernel.Item2, stride.Item1, stride.Item2, padding.Item1, padding.Item2);

    private static Conv2dAttribute Options(LayerInfo layer) => (Conv2dAttribute)layer.Attribute;

    private static int WeightCount(LayerInfo layer) =>
        layer.Output.Channels * layer.Input.Channels * Options(layer).KernelHeight * Options(layer).KernelWidth;

    [Fact]
    public void A_small_case_by_hand()
    {
        float[] input = [1, 2, 3, 4, 5, 6, 7, 8, 9], weight = [1, 2, 3, 4];
        var layer = SampleLayers.Conv2d(new TensorShape(1, 3, 3), 1, 2, 2);
        float[] output = new float[4];
        Conv2d.Forward(layer, input, weight, [0.5f], output);
        Assert.Equal([37.5f, 47.5f, 67.5f, 77.5f], output);

        layer = SampleLayers.Conv2d(new TensorShape(1, 3, 3), 1, 2, 2, 2, 2, 1, 1);
        Conv2d.Forward(layer, input, weight, [], output);
        Assert.Equal([4, 3 * 2 + 4 * 3, 2 * 4 + 4 * 7, 5 + 2 * 6 + 3 * 8 + 4 * 9], output);

        float[] inputGradient = new float[9];
        double[] weightGradient = new double[4], biasGradient = [100];
        Conv2d.Backward(layer, input, weight, [1, 0, 0, 10], inputGradient, weightGradient, biasGradient);
        Assert.Equal([4, 0, 0, 0, 10, 20, 0, 30, 40], inputGradient);
        Assert.Equal([50, 60, 80, 1 + 90], weightGradient);
        Assert.Equal([111], biasGradient);
    }

    [Fact]
    public void A_kernel_of_one_tap_picks_the_padded_input() => Gen.Select(Layers, Gen.Int[0, 999]).Sample((layer, tap) =>
    {
        float[] input = SampleLayers.Values(layer.Input.Length, 1), weight = new float[WeightCount(layer)], output = new float[layer.Output.Length];
        tap %= weight.Length;
        weight[tap] = 2;
        Conv2d.Forward(layer, input, weight, [], output);
        int j = tap % Options(layer).KernelWidth;
        int i = tap / Options(layer).KernelWidth % Options(layer).KernelHeight;
        int c = tap / (Options(layer).KernelWidth * Options(layer).KernelHeight) % layer.Input.Channels;
        int o = tap / (Options(layer).KernelWidth * Options(layer).KernelHeight) / layer.Input.Channels;
        for (int k = 0; k < output.Length; k++)
        {
            int q = k % layer.Output.Width, p = k / layer.Output.Width % layer.Output.Height;
            int y = p * Options(layer).StrideHeight + i - Options(layer).PaddingHeight;
            int x = q * Options(layer).StrideWidth + j - Options(layer).PaddingWidth;
            bool inside = y >= 0 && y < layer.Input.Height && x >= 0 && x < layer.Input.Width;
            bool picked = k / (layer.Output.Width * layer.Output.Height) == o && inside;
            Assert.Equal(picked ? 2 * input[(c * layer.Input.Height + y) * layer.Input.Width + x] : 0, output[k]);
        }
    });

    [Fact]
    public void Gradients_are_the_slopes() => Layers.Sample(layer =>
    {
        float[] input = SampleLayers.Values(layer.Input.Length, 1), weight = SampleLayers.Values(WeightCount(layer), 2);
        float[] bias = SampleLayers.Values(layer.Output.Channels, 3), outputGradient = SampleLayers.Values(layer.Output.Length, 4);
        float[] inputGradient = new float[input.Length];
        double[] weightGradient = new double[weight.Length], biasGradient = new double[bias.Length];
        Conv2d.Backward(layer, input, weight, outputGradient, inputGradient, weightGradient, biasGradient);
        FiniteDifferences.Check(input, FiniteDifferences.Doubles(inputGradient), Weighed, 1, 1e-5);
        FiniteDifferences.Check(weight, weightGradient, Weighed, 1, 1e-5);
        FiniteDifferences.Check(bias, biasGradient, Weighed, 1, 1e-5);

        double Weighed()
        {
            float[] output = new float[layer.Output.Length];
            Conv2d.Forward(layer, input, weight, bias, output);
            return FiniteDifferences.Weigh(output, outputGradient);
        }
    }, iter: 30);
}
