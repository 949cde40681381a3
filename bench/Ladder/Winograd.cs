namespace StaticCnn.Bench.Ladder;

/// <summary>
/// The matrices of Winograd's F(4,5): four outputs of a filter of five taps by eight multiplications instead of twenty. A polynomial is
/// multiplied by evaluating it at eight points (0, 1, -1, 2, -2, 1/2, -1/2 and infinity), multiplying the values, and interpolating;
/// filtering is the transpose of that.
/// </summary>
internal static class Winograd
{
    public const int Outputs = 4, Points = 8;

    private static readonly double[] s_points = [0, 1, -1, 2, -2, 0.5, -0.5];

    /// <summary>[8][8]: from eight inputs to eight values.</summary>
    public static float[][] In { get; } = [.. Enumerable.Range(0, Points).Select(i => Polynomial([.. s_points.Where((_, k) => k != i)]))];

    /// <summary>[8][5]: from five taps to eight values.</summary>
    public static float[][] Taps { get; } = Matrix(Points, Conv2.Kernel, (i, j) => i < Points - 1
        ? Math.Pow(s_points[i], j) / s_points.Where((_, k) => k != i).Aggregate(1.0, (product, point) => product * (s_points[i] - point))
        : j == Conv2.Kernel - 1 ? 1 : 0);

    /// <summary>[4][8]: from eight products to four outputs.</summary>
    public static float[][] Out { get; } = Matrix(Outputs, Points, (k, i) => i < Points - 1 ? Math.Pow(s_points[i], k) : k == Outputs - 1 ? 1 : 0);

    /// <summary>The kernels at the points of both axes, [64][o][c].</summary>
    public static float[] Kernels()
    {
        float[] kernels = new float[Points * Points * Conv2.Out * Conv2.In];
        for (int point = 0; point < Points * Points; point++)
        {
            for (int kernel = 0; kernel < Conv2.Out * Conv2.In; kernel++)
            {
                double sum = 0;
                for (int tap = 0; tap < Conv2.Kernel * Conv2.Kernel; tap++)
                {
                    sum += (double)Taps[point / Points][tap / Conv2.Kernel] * Taps[point % Points][tap % Conv2.Kernel]
                        * Conv2.Weight[kernel * Conv2.Kernel * Conv2.Kernel + tap];
                }

                kernels[point * Conv2.Out * Conv2.In + kernel] = (float)sum;
            }
        }

        return kernels;
    }

    /// <summary>The coefficients of the product of (x - root), to the seventh power.</summary>
    private static float[] Polynomial(double[] roots)
    {
        double[] polynomial = new double[Points];
        polynomial[0] = 1;
        for (int degree = 1; degree <= roots.Length; degree++)
        {
            for (int k = degree; k >= 0; k--) polynomial[k] = (k > 0 ? polynomial[k - 1] : 0) - roots[degree - 1] * polynomial[k];
        }

        return Array.ConvertAll(polynomial, value => (float)value);
    }

    private static float[][] Matrix(int rows, int columns, Func<int, int, double> cell) =>
        [.. Enumerable.Range(0, rows).Select(i => Enumerable.Range(0, columns).Select(j => (float)cell(i, j)).ToArray())];
}
