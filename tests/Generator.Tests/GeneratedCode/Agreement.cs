using System.Globalization;

namespace Generator.Tests.GeneratedCode;

/// <summary>Comparisons relative to the largest magnitude of what is expected, which rounding errors grow with.</summary>
internal static class Agreement
{
    /// <param name="floor">What counts as the largest magnitude where all of it is smaller: sums may cancel out.</param>
    public static void Require(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double bound, string what, double floor = 0)
    {
        double difference = Difference(expected, actual, floor);
        Worst.Note(what, difference);
        Assert.True(
            difference <= bound,
            string.Create(CultureInfo.InvariantCulture, $"{what} differ by {difference:e2} of their largest magnitude; {bound:e0} is allowed."));
    }

    public static double Difference(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double floor = 0)
    {
        Assert.Equal(expected.Length, actual.Length);
        double largest = floor, difference = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            double apart = Math.Abs((double)expected[i] - actual[i]);
            difference = Math.Max(difference, double.IsNaN(apart) ? double.PositiveInfinity : apart);
            largest = Math.Max(largest, Math.Abs((double)expected[i]));
        }

        return difference == 0 ? 0 : difference / largest;
    }
}
