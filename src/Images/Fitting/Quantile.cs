namespace StaticCnn.Images.Fitting;

/// <summary>Quantiles of many values, by counting them in narrow bins: a thousandth of their range is exact enough, and sorting a million is slow.</summary>
internal static class Quantile
{
    private const int Bins = 4096;

    /// <summary>The value that a part of all values lies above; <paramref name="least"/> and <paramref name="most"/> bound them.</summary>
    /// <param name="values">The values; those outside the bounds count as the bounds.</param>
    /// <param name="above">How many values lie above the result.</param>
    /// <param name="least">The lower bound.</param>
    /// <param name="most">The upper bound.</param>
    public static float WithAbove(ReadOnlySpan<float> values, int above, float least, float most)
    {
        if (most <= least) return least;
        int[] counts = new int[Bins];
        float scale = (Bins - 1) / (most - least);
        foreach (float value in values) counts[(int)(Math.Clamp(value - least, 0, most - least) * scale + 0.5f)]++;
        int bin = Bins - 1;
        for (int seen = counts[bin]; seen <= above && bin > 0;) seen += counts[--bin];
        return least + bin / scale;
    }
}
