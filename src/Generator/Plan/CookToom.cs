namespace StaticCnn.Generator.Plan;

/// <summary>
/// Winograd's minimal filtering F(m,r) along one axis: m outputs of an r-tap correlation from t = m+r-1 inputs with t
/// multiplications, y = Out * ((Taps * g) . (In * d)). The matrices come from the Cook-Toom construction over the points
/// 0, 1, -1, 2, -2, 1/2, -1/2 and infinity: a polynomial is multiplied by evaluating it, multiplying values and
/// interpolating, and filtering is the transpose of that.
/// </summary>
/// <param name="Outputs">m, outputs of a tile.</param>
/// <param name="Kernel">r, taps of the kernel.</param>
internal sealed record CookToom(int Outputs, int Kernel)
{
    private static readonly double[] AllPoints = { 0, 1, -1, 2, -2, 0.5, -0.5 };

    /// <summary>t, inputs and multiplications of a tile.</summary>
    public int Size => Outputs + Kernel - 1;

    /// <summary>Whether there are points for a tile of this size: an even size, so that all but 0 come in pairs.</summary>
    public static bool IsPossible(int outputs, int kernel) =>
        outputs >= 2 && kernel >= 2 && (outputs + kernel - 1) % 2 == 0 && outputs + kernel - 1 <= AllPoints.Length + 1;

    private IReadOnlyList<double> Points => AllPoints.Take(Size - 1).ToList();

    /// <summary>[m][t]: the powers of the points; infinity gives the highest coefficient.</summary>
    public double[][] Out => Matrix(Outputs, Size, (k, i) => i < Size - 1 ? Power(Points[i], k) : k == Outputs - 1 ? 1 : 0);

    /// <summary>[t][r]: the kernel's polynomial at the points, over the product of each point's distances to the others.</summary>
    public double[][] Taps => Matrix(Size, Kernel, (i, j) => i < Size - 1
        ? Power(Points[i], j) / Points.Where((_, k) => k != i).Aggregate(1.0, (product, point) => product * (Points[i] - point))
        : j == Kernel - 1 ? 1 : 0);

    /// <summary>[t][t]: coefficients of the product of (x - point) over the other points; over all of them for infinity.</summary>
    public double[][] In => Enumerable.Range(0, Size)
        .Select(i => Coefficients(Points.Where((_, k) => k != i).ToList()))
        .ToArray();

    /// <summary>F(r,m), over the same points: what correlates m values of a gradient with an input to r taps.</summary>
    public CookToom Swap() => new(Kernel, Outputs);

    private double[] Coefficients(IReadOnlyList<double> roots)
    {
        var polynomial = new double[Size];
        polynomial[0] = 1;
        int degree = 0;
        foreach (double root in roots)
        {
            degree++;
            for (int k = degree; k >= 0; k--) polynomial[k] = (k > 0 ? polynomial[k - 1] : 0) - root * polynomial[k];
        }

        return polynomial;
    }

    private static double Power(double value, int exponent)
    {
        double result = 1;
        for (int i = 0; i < exponent; i++) result *= value;
        return result;
    }

    private static double[][] Matrix(int rows, int columns, Func<int, int, double> cell) =>
        Enumerable.Range(0, rows).Select(i => Enumerable.Range(0, columns).Select(j => cell(i, j)).ToArray()).ToArray();
}
