namespace StaticCnn.Verification;

/// <summary>Comparisons relative to the largest magnitude of what is expected, which rounding errors grow with.</summary>
internal static class Agreement
{
    /// <summary>The largest difference, relative to the largest magnitude expected; infinite where one of them is no number.</summary>
    /// <param name="expected">n values.</param>
    /// <param name="actual">n values.</param>
    /// <param name="floor">What counts as the largest magnitude where all of it is smaller: sums may cancel out.</param>
    public static double Difference(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double floor = 0)
    {
        if (expected.Length != actual.Length) throw new ArgumentException($"{expected.Length} and {actual.Length} values cannot be compared.", nameof(actual));
        double largest = floor, difference = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            double apart = Math.Abs((double)expected[i] - actual[i]);
            difference = Math.Max(difference, double.IsNaN(apart) ? double.PositiveInfinity : apart);
            largest = Math.Max(largest, Math.Abs((double)expected[i]));
        }

        return difference == 0 ? 0 : difference / largest;
    }

    /// <summary>How many values differ in any bit.</summary>
    public static int DifferentBits(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        int count = Math.Abs(expected.Length - actual.Length);
        for (int i = 0; i < Math.Min(expected.Length, actual.Length); i++)
        {
            if (BitConverter.SingleToInt32Bits(expected[i]) != BitConverter.SingleToInt32Bits(actual[i])) count++;
        }

        return count;
    }
}
