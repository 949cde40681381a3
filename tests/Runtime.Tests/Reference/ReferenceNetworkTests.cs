using StaticCnn.Reference;

namespace StaticCnn.Tests;

public class ReferenceNetworkTests
{
    private const int ImageLength = 2 * 9 * 8;

    [Fact]
    public void Forward_gives_each_layers_output()
    {
        var (network, parameters) = SampleLayers.Network(1);
        float[][] outputs = network.Forward(SampleLayers.Values(ImageLength, 1));
        Assert.Equal([4 * 5 * 7, 4 * 5 * 7, 4 * 2 * 3, 24, 6, 6, 6, 3], outputs.Select(output => output.Length));
        Assert.Equal(outputs[5], outputs[6]); // No dropout outside training.

        float[] weight = new float[18];
        parameters.Get(parameters.IndexOf("fc2.weight"), weight);
        for (int c = 0; c < 3; c++) Assert.Equal(Enumerable.Range(0, 6).Sum(i => (double)weight[c * 6 + i] * outputs[6][i]), outputs[7][c], 1e-6);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Gradients_are_the_slopes_of_the_loss(bool drop)
    {
        var (network, parameters) = SampleLayers.Network(2);
        float[] images = SampleLayers.Values(5 * ImageLength, 3);
        int[] labels = [0, 2, 1, 1, 0];
        DropoutDraw? dropout = drop ? new DropoutDraw(7, 3) : null;
        float[][] gradients = network.Gradients(images, labels, dropout);
        for (int p = 0; p < gradients.Length; p++)
        {
            Assert.Contains(gradients[p], gradient => Math.Abs(gradient) > 1e-3);
            float[] values = new float[gradients[p].Length];
            parameters.Get(p, values);
            int index = p;
            FiniteDifferences.Check(values, FiniteDifferences.Doubles(gradients[p]), () =>
            {
                parameters.Set(index, values);
                return network.Loss(images, labels, dropout);
            }, 1f / 1024, 1e-3);
            parameters.Set(p, values);
        }
    }

    [Fact]
    public void Dropout_differs_by_image_step_and_seed_and_is_repeatable()
    {
        var (network, parameters) = SampleLayers.Network(3);
        parameters.Set(parameters.IndexOf("fc1.bias"), [2, 2, 2, 2, 2, 2]); // No unit is 0 before it is dropped.
        float[] image = SampleLayers.Values(ImageLength, 3), twice = [.. image, .. image];
        double loss = network.Loss(twice, [1, 1], new DropoutDraw(7, 3));
        Assert.Equal(loss, network.Loss(twice, [1, 1], new DropoutDraw(7, 3)));
        Assert.NotEqual(loss, network.Loss(image, [1], new DropoutDraw(7, 3)));
        double[] losses = [.. Enumerable.Range(0, 8).Select(i => network.Loss(image, [1], new DropoutDraw((ulong)(i / 4), i % 4)))];
        Assert.True(losses.Distinct().Count() > 4);
    }

    [Fact]
    public void Steps_reduce_the_loss()
    {
        var (network, _) = SampleLayers.Network(4);
        float[] images = SampleLayers.Values(6 * ImageLength, 5);
        int[] labels = [0, 1, 2, 0, 1, 2];
        double before = network.Loss(images, labels);
        for (int step = 0; step < 60; step++)
        {
            network.AdamStep(network.Gradients(images, labels), new TrainingRecipe(6, 1, 0.01f, 0.9f, 0.999f, 1e-8f), 0.01f);
        }
        Assert.True(network.Loss(images, labels) < 0.2 * before);
    }
}
