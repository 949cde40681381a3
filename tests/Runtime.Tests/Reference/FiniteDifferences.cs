namespace StaticCnn.Tests;

/// <summary>Compares a backward pass with the slopes of its forward pass.</summary>
internal static class FiniteDifferences
{
    /// <summary>Weighs a layer's outputs into one number, whose gradient the backward pass should give.</summary>
    public static double Weigh(float[] outputs, float[] outputGradient) => outputs.Zip(outputGradient, (a, b) => (double)a * b).Sum();

    /// <summary>Moves each value by +-<paramref name="step"/> and compares the slope with the gradient.</summary>
    public static void Check(float[] values, IEnumerable<double> gradient, Func<double> function, float step, double tolerance)
    {
        double[] expected = [.. gradient];
        Assert.Equal(values.Length, expected.Length);
        for (int i = 0; i < values.Length; i++)
        {
            float value = values[i];
            values[i] = value + step;
            double above = function();
            values[i] = value - step;
            double below = function();
            values[i] = value;
            double slope = (above - below) / ((double)(value + step) - (value - step));
            Assert.True(Math.Abs(slope - expected[i]) <= tolerance * Math.Max(1, Math.Abs(slope)), $"value {i}: slope {slope}, gradient {expected[i]}");
        }
    }

    public static IEnumerable<double> Doubles(float[] values) => values.Select(value => (double)value);
}
