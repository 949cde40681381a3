using StaticCnn.Generated;

namespace StaticCnn.Reference;

/// <summary>
/// PyTorch's Adam for one parameter. values, gradients, first and second moments of one length. A moment below the
/// smallest normal float (1.2e-38) becomes 0, as with <c>torch.set_flush_denormal(True)</c>: it cannot move a weight.
/// </summary>
public static class Adam
{
    /// <summary>
    /// m = beta1*m + (1-beta1)*g; v = beta2*v + (1-beta2)*g^2;
    /// values -= learningRate/(1-beta1^step) * m / (sqrt(v)/sqrt(1-beta2^step) + epsilon).
    /// </summary>
    /// <param name="values">The values, changed in place.</param>
    /// <param name="gradients">Their gradients.</param>
    /// <param name="first">First moments, changed in place; 0 at first.</param>
    /// <param name="second">Second moments, changed in place; 0 at first.</param>
    /// <param name="recipe">The decays and epsilon.</param>
    /// <param name="learningRate">The learning rate of this step.</param>
    /// <param name="step">The step, from 1.</param>
    public static void Step(
        Span<float> values, ReadOnlySpan<float> gradients, Span<float> first, Span<float> second,
        TrainingRecipe recipe, float learningRate, long step)
    {
        double beta1 = AdamScalars.AsWritten(recipe.Beta1), beta2 = AdamScalars.AsWritten(recipe.Beta2);
        double epsilon = AdamScalars.AsWritten(recipe.Epsilon);
        double stepSize = AdamScalars.AsWritten(learningRate) / (1 - Math.Pow(beta1, step));
        double correction = Math.Sqrt(1 - Math.Pow(beta2, step));
        for (int i = 0; i < values.Length; i++)
        {
            double m = beta1 * first[i] + (1 - beta1) * gradients[i];
            double v = beta2 * second[i] + (1 - beta2) * gradients[i] * gradients[i];
            first[i] = NormalOrZero((float)m);
            second[i] = NormalOrZero((float)v);
            values[i] = (float)(values[i] - stepSize * m / (Math.Sqrt(v) / correction + epsilon));
        }
    }

    private static float NormalOrZero(float value) => float.IsSubnormal(value) ? 0 : value;
}
