using StaticCnn.Golden;

namespace StaticCnn.Tests;

/// <summary>The plain loops against PyTorch's float64 results. Dropout is off.</summary>
public class PyTorchGoldenTests
{
    private const float LearningRate = 0.001f;
    private static readonly TrainingRecipe Recipe = new(64, 3, LearningRate, 0.9f, 0.999f, 1e-8f);

    [Theory]
    [InlineData("SimpleCnn")]
    [InlineData("OddCnn")]
    [InlineData("PoolFirstCnn")]
    [InlineData("TieCnn")]
    public void Logits_loss_and_gradients_agree(string name)
    {
        var golden = GoldenFile.Read(name);
        var (network, parameters) = GoldenNetworks.Create(name, golden);
        float[] images = golden["images"];
        int[] labels = golden.Labels;

        float[] logits = [.. images.Chunk(images.Length / labels.Length).SelectMany(image => network.Forward(image)[^1])];
        AssertRelative(golden["logits"], logits, "logits");
        Assert.Equal(golden.Scalar("loss"), network.Loss(images, labels), 1e-6);

        float[][] gradients = network.Gradients(images, labels);
        foreach (string parameter in golden.ParameterNames)
        {
            AssertRelative(golden[$"grad.{parameter}"], gradients[parameters.IndexOf(parameter)], parameter);
        }
    }

    [Theory]
    [LongInlineData("SimpleCnn")]
    [InlineData("OddCnn")]
    [InlineData("PoolFirstCnn")]
    public void Training_stays_as_near_to_float64_as_PyTorchs_own_float32_run(string name)
    {
        var golden = GoldenFile.Read(name);
        var (network, parameters) = GoldenNetworks.Create(name, golden);
        for (int step = 0; step < golden["losses"].Length; step++)
        {
            var (images, labels) = golden.Batch(step);
            Assert.Equal(golden["losses"][step], network.Loss(images, labels), 2 * golden.Scalar("deviation.losses") + 1e-7);
            network.AdamStep(network.Gradients(images, labels), Recipe, LearningRate);
        }

        double[] differences = [.. golden.ParameterNames.SelectMany(parameter =>
        {
            float[] expected = golden[$"step20.{parameter}"], actual = new float[expected.Length];
            parameters.Get(parameters.IndexOf(parameter), actual);
            return actual.Zip(expected, (a, b) => Math.Abs((double)a - b));
        })];
        Assert.InRange(differences.Max(), 0, 2 * golden.Scalar("deviation.step20") + 1e-7);
        Assert.InRange(Math.Sqrt(differences.Average(d => d * d)), 0, 2 * golden.Scalar("deviation.step20_rms") + 1e-8);
    }

    private static void AssertRelative(float[] expected, float[] actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        double largest = expected.Max(Math.Abs), difference = expected.Zip(actual, (a, b) => Math.Abs((double)a - b)).Max();
        Assert.True(difference <= 1e-5 * largest, $"{what} differs by {difference / largest:e1} of its largest magnitude.");
    }
}
