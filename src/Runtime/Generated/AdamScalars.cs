using System.ComponentModel;
using System.Globalization;

namespace StaticCnn.Generated;

/// <summary>The scalars of one Adam step, computed in double precision as PyTorch computes them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class AdamScalars
{
    /// <summary>Floats that <see cref="Fill"/> writes.</summary>
    public const int Count = 7;

    /// <summary>
    /// Writes beta1, 1-beta1, beta2, 1-beta2, the step size lr/(1-beta1^step), 1/sqrt(1-beta2^step) and epsilon; a
    /// parameter then moves by -[4] * m / (sqrt(v) * [5] + [6]). Allocates nothing.
    /// </summary>
    /// <param name="scalars">Receives <see cref="Count"/> floats.</param>
    /// <param name="recipe">The declared recipe.</param>
    /// <param name="learningRate">The learning rate of this step.</param>
    /// <param name="step">The step, from 1.</param>
    public static void Fill(Span<float> scalars, TrainingRecipe recipe, float learningRate, long step)
    {
        double beta1 = AsWritten(recipe.Beta1), beta2 = AsWritten(recipe.Beta2);
        scalars[6] = recipe.Epsilon;
        scalars[5] = (float)(1 / Math.Sqrt(1 - Math.Pow(beta2, step)));
        scalars[4] = (float)(AsWritten(learningRate) / (1 - Math.Pow(beta1, step)));
        scalars[3] = (float)(1 - beta2);
        scalars[2] = (float)beta2;
        scalars[1] = (float)(1 - beta1);
        scalars[0] = (float)beta1;
    }

    /// <summary>
    /// The double that a float was written as: 0.9 for 0.9f, not 0.899999976. PyTorch's users write doubles, and
    /// 1-beta magnifies the difference.
    /// </summary>
    internal static double AsWritten(float value)
    {
        Span<char> text = stackalloc char[32];
        value.TryFormat(text, out int length, "R", CultureInfo.InvariantCulture);
        return double.Parse(text[..length], NumberStyles.Float, CultureInfo.InvariantCulture);
    }
}
