using StaticCnn.Reference;

namespace StaticCnn.Tests;

public class CrossEntropyTests
{
    [Fact]
    public void Small_cases_by_hand()
    {
        Assert.Equal(Math.Log(4), CrossEntropy.Forward([7, 7, 7, 7], 2), 1e-12);
        Assert.Equal(Math.Log(1 + Math.Exp(-2)), CrossEntropy.Forward([1, 3], 1), 1e-12);
        Assert.Equal(2000, CrossEntropy.Forward([1000, -1000], 1), 1e-9);
        float[] gradient = new float[4];
        CrossEntropy.Backward([7, 7, 7, 7], 2, 0.5, gradient);
        Assert.Equal([0.125f, 0.125f, -0.375f, 0.125f], gradient);
    }

    [Fact]
    public void Gradients_are_the_slopes()
    {
        float[] logits = SampleLayers.Values(6, 5), gradient = new float[6];
        CrossEntropy.Backward(logits, 4, 1, gradient);
        FiniteDifferences.Check(logits, FiniteDifferences.Doubles(gradient), () => CrossEntropy.Forward(logits, 4), 1f / 256, 1e-5);
    }
}
