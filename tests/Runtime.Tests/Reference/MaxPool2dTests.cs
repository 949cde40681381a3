using CsCheck;
using StaticCnn.Reference;

namespace StaticCnn.Tests;

public class MaxPool2dTests
{
    [Fact]
    public void The_remainder_is_dropped_and_the_first_of_ties_gets_the_gradient()
    {
        var layer = SampleLayers.MaxPool2d(new TensorShape(1, 3, 5), 2, 2, 2, 2);
        float[] input = [5, 5, 1, 2, 99, 5, 5, 7, 7, 99, 99, 99, 99, 99, 99];
        float[] output = new float[2], gradient = new float[15];
        MaxPool2d.Forward(layer, input, output);
        Assert.Equal([5, 7], output);
        MaxPool2d.Backward(layer, input, [10, 20], gradient);
        Assert.Equal([10, 0, 0, 0, 0, 0, 0, 20, 0, 0, 0, 0, 0, 0, 0], gradient);
    }

    [Fact]
    public void Overlapping_windows_add_their_gradients()
    {
        var layer = SampleLayers.MaxPool2d(new TensorShape(1, 1, 5), 1, 3);
        float[] output = new float[3], gradient = new float[5];
        MaxPool2d.Forward(layer, [1, 2, 9, 2, 1], output);
        Assert.Equal([9, 9, 9], output);
        MaxPool2d.Backward(layer, [1, 2, 9, 2, 1], [1, 10, 100], gradient);
        Assert.Equal([0, 0, 111, 0, 0], gradient);
    }

    [Fact]
    public void Gradients_are_the_slopes()
    {
        var layers =
            from shape in Gen.Select(Gen.Int[1, 3], Gen.Int[3, 8], Gen.Int[3, 8])
            from window in Gen.Select(Gen.Int[1, 3], Gen.Int[1, 3])
            from stride in Gen.Select(Gen.Int[1, 4], Gen.Int[1, 4])
            select SampleLayers.MaxPool2d(new TensorShape(shape.Item1, shape.Item2, shape.Item3), window.Item1, window.Item2, stride.Item1, stride.Item2);
        layers.Sample(layer =>
        {
            // Whole numbers, all different: a quarter up or down changes no maximum.
            int[] order = new int[layer.Input.Length];
            Shuffle.Fill(order, 1, layer.Output.Length);
            float[] input = Array.ConvertAll(order, value => (float)value);
            float[] outputGradient = SampleLayers.Values(layer.Output.Length, 4), inputGradient = new float[input.Length];
            MaxPool2d.Backward(layer, input, outputGradient, inputGradient);
            FiniteDifferences.Check(input, FiniteDifferences.Doubles(inputGradient), Weighed, 0.25f, 1e-5);

            double Weighed()
            {
                float[] output = new float[layer.Output.Length];
                MaxPool2d.Forward(layer, input, output);
                return FiniteDifferences.Weigh(output, outputGradient);
            }
        }, iter: 50);
    }
}
