using System.Diagnostics;

namespace StaticCnn.Peers;

/// <summary>Times a call as <c>mnist bench</c> does: a fifth of the repeats to warm up, then each by itself.</summary>
internal static class Timing
{
    /// <returns>Microseconds in ascending order.</returns>
    public static double[] Repeat(int repeats, Action call)
    {
        var microseconds = new double[repeats];
        for (int i = -Math.Max(10, repeats / 5); i < repeats; i++)
        {
            long start = Stopwatch.GetTimestamp();
            call();
            if (i >= 0) microseconds[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }

        Array.Sort(microseconds);
        return microseconds;
    }

    /// <summary>The members that every peer prints of its forward passes.</summary>
    public static FormattableString Forward(double[] one, double[] batch, int size) =>
        $"\"oneImage\":{{\"medianUs\":{one[one.Length / 2]:F3},\"p99Us\":{one[one.Length * 99 / 100]:F3}}},\"batch\":{{\"size\":{size},\"usPerImage\":{batch[batch.Length / 2] / size:F4}}}";
}
