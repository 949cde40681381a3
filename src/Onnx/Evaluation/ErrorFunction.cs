namespace StaticCnn.Onnx.Evaluation;

/// <summary>The error function, 2/sqrt(pi) times the integral of exp(-t*t) from 0 to x, to the precision of a double.</summary>
internal static class ErrorFunction
{
    /// <summary>Below this its Taylor series converges fast; above, the continued fraction of its complement (Abramowitz and Stegun 7.1.6 and 7.1.14).</summary>
    private const double Split = 2.5;

    public static double Erf(double x)
    {
        double size = Math.Abs(x);
        if (double.IsNaN(x)) return x;
        double value = size < Split ? Series(size) : 1 - Complement(size);
        return x < 0 ? -value : value;
    }

    private static double Series(double x)
    {
        double term = x, sum = x;
        for (int n = 0; Math.Abs(term) > 1e-18 * Math.Abs(sum); n++)
        {
            term *= 2 * x * x / (2 * n + 3);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    private static double Complement(double x)
    {
        double fraction = 0;
        for (int n = 120; n > 0; n--) fraction = n / 2.0 / (x + fraction);
        return Math.Exp(-x * x) / Math.Sqrt(Math.PI) / (x + fraction);
    }
}
