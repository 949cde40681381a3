using StaticCnn.Generated;
using StaticCnn.Reference;

namespace StaticCnn.Tests;

public class PointwiseAndLinearTests
{
    [Fact]
    public void ReLU_passes_what_is_above_zero()
    {
        float[] input = [-1, 0, 2, -0f, float.PositiveInfinity], output = new float[5], gradient = new float[5];
        ReLU.Forward(input, output);
        Assert.Equal([0, 0, 2, 0, float.PositiveInfinity], output);
        ReLU.Backward(input, [1, 2, 3, 4, 5], gradient);
        Assert.Equal([0, 0, 3, 0, 5], gradient);
    }

    [Fact]
    public void Flatten_keeps_the_order()
    {
        float[] output = new float[3], gradient = new float[3];
        Flatten.Forward([1, 2, 3], output);
        Flatten.Backward([4, 5, 6], gradient);
        Assert.Equal([1, 2, 3], output);
        Assert.Equal([4, 5, 6], gradient);
    }

    [Fact]
    public void Linear_is_a_matrix_product()
    {
        float[] output = new float[2], inputGradient = new float[3];
        Linear.Forward([1, 10, 100], [1, 2, 3, 4, 5, 6], [0.5f, -0.5f], output);
        Assert.Equal([321.5f, 653.5f], output);
        double[] weightGradient = new double[6], biasGradient = [1, 1];
        Linear.Backward([1, 10, 100], [1, 2, 3, 4, 5, 6], [1, -1], inputGradient, weightGradient, biasGradient);
        Assert.Equal([-3, -3, -3], inputGradient);
        Assert.Equal([1, 10, 100, -1, -10, -100], weightGradient);
        Assert.Equal([2, 0], biasGradient);
    }

    [Fact]
    public void Linears_gradients_are_the_slopes()
    {
        float[] input = SampleLayers.Values(7, 1), weight = SampleLayers.Values(35, 2), bias = SampleLayers.Values(5, 3);
        float[] outputGradient = SampleLayers.Values(5, 4), inputGradient = new float[7];
        double[] weightGradient = new double[35], biasGradient = new double[5];
        Linear.Backward(input, weight, outputGradient, inputGradient, weightGradient, biasGradient);
        FiniteDifferences.Check(input, FiniteDifferences.Doubles(inputGradient), Weighed, 1, 1e-5);
        FiniteDifferences.Check(weight, weightGradient, Weighed, 1, 1e-5);
        FiniteDifferences.Check(bias, biasGradient, Weighed, 1, 1e-5);

        double Weighed()
        {
            float[] output = new float[5];
            Linear.Forward(input, weight, bias, output);
            return FiniteDifferences.Weigh(output, outputGradient);
        }
    }

    [Fact]
    public void Dropout_scales_what_it_keeps_and_its_gradient_alike()
    {
        float[] ones = [.. Enumerable.Repeat(1f, 5000)], output = new float[5000], gradient = new float[5000];
        Dropout.Forward(123, 0.2f, ones, output);
        Dropout.Backward(123, 0.2f, ones, gradient);
        Assert.Equal(output, gradient);
        Assert.Equal([0, 1.25f], output.Distinct().Order());
        Assert.InRange(output.Average(), 0.97, 1.03);
        Assert.Equal(DropoutLanes.Scale(123, 7, DropoutLanes.Threshold(0.2f), 1.25f), output[7]);
    }
}
