using StaticCnn.Reference;

namespace StaticCnn.Tests;

public class AdamTests
{
    private static readonly TrainingRecipe Recipe = new(64, 3, 0.001f, 0.9f, 0.999f, 1e-8f);

    [Fact]
    public void The_first_step_is_the_learning_rate_whatever_the_gradients_size()
    {
        float[] values = [1, 1, 1], first = new float[3], second = new float[3];
        Adam.Step(values, [1e-3f, -50, 0], first, second, Recipe, 0.25f, 1);
        Assert.Equal(0.75, values[0], 1e-5);
        Assert.Equal(1.25, values[1], 1e-6);
        Assert.Equal(1, values[2]);
    }

    [Fact]
    public void Two_steps_by_hand()
    {
        float[] values = [0], first = [0], second = [0];
        Adam.Step(values, [1], first, second, Recipe, 0.1f, 1);
        Adam.Step(values, [-3], first, second, Recipe, 0.1f, 2);
        double m = 0.9 * 0.1 + 0.1 * -3, v = 0.999 * 0.001 + 0.001 * 9;
        Assert.Equal(m, first[0], 1e-7);
        Assert.Equal(v, second[0], 1e-8);
        Assert.Equal(-0.1 - 0.1 * (m / 0.19) / Math.Sqrt(v / (1 - 0.999 * 0.999)), values[0], 1e-6);
    }

    [Fact]
    public void Epsilon_stands_outside_the_root()
    {
        float[] values = [0], first = [0], second = [0];
        Adam.Step(values, [1], first, second, Recipe with { Epsilon = 3 }, 1, 1);
        Assert.Equal(-1 / (1.0 + 3), values[0], 1e-6);
    }

    /// <summary>The steps between two floats down there are too coarse for a moment to decay any further.</summary>
    [Fact]
    public void Moments_without_gradient_end_at_zero_and_not_as_subnormal_floats()
    {
        float[] values = [0, 0], first = [0, 0], second = [0, 0];
        var recipe = Recipe with { Beta2 = 0.9f };
        Adam.Step(values, [1, -1], first, second, recipe, 0.1f, 1);
        for (int step = 2; step < 1200; step++)
        {
            Adam.Step(values, [0, 0], first, second, recipe, 0.1f, step);
            Assert.DoesNotContain(first.Concat(second), float.IsSubnormal);
        }
        Assert.Equal([0, 0], first);
        Assert.Equal([0, 0], second);
    }
}
