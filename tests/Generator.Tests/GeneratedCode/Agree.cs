using System.Globalization;
using StaticCnn.Verification;

namespace Generator.Tests.GeneratedCode;

/// <summary>Asserts what <see cref="Agreement"/> measures.</summary>
internal static class Agree
{
    /// <param name="floor">What counts as the largest magnitude where all of it is smaller: sums may cancel out.</param>
    public static void Require(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double bound, string what, double floor = 0)
    {
        double difference = Agreement.Difference(expected, actual, floor);
        Worst.Note(what, difference);
        Assert.True(
            difference <= bound,
            string.Create(CultureInfo.InvariantCulture, $"{what} differ by {difference:e2} of their largest magnitude; {bound:e0} is allowed."));
    }
}
