namespace StaticCnn.Images.Fitting;

/// <summary>
/// The paper's brightness as a surface of second degree over the picture, c0 + c1 x + c2 y + c3 x^2 + c4 xy + c5 y^2 with x and y from -1
/// to 1. That follows a lamp at one side, or a lens that darkens towards the corners, and never a stroke.
/// </summary>
internal sealed class Lighting
{
    private const int Terms = 6;
    private const int Samples = 10_000;
    private const int Passes = 12;

    /// <summary>What a pixel on the ink's side of the surface counts, against 1 for one on the other side.</summary>
    private const double InkWeight = 0.03;

    private readonly double[] _coefficients = new double[Terms];

    /// <summary>Fits the surface to all pixels alike.</summary>
    public static Lighting OfAll(Picture picture)
    {
        var surface = new Lighting();
        surface.Fit(picture, ink: 0);
        return surface;
    }

    /// <summary>Fits the surface to the paper: least squares again and again, in which what looks like ink counts little.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="ink">-1 where ink is darker than paper, 1 where it is lighter.</param>
    public static Lighting OfPaper(Picture picture, int ink)
    {
        var surface = OfAll(picture);
        for (int pass = 0; pass < Passes; pass++) surface.Fit(picture, ink);
        return surface;
    }

    /// <summary>The brightness at a pixel.</summary>
    public float At(Picture picture, int x, int y)
    {
        Span<double> terms = stackalloc double[Terms];
        Fill(terms, picture, x, y);
        return (float)Dot(terms);
    }

    private void Fit(Picture picture, int ink)
    {
        int step = Math.Max(1, (int)Math.Sqrt((double)picture.Pixels.Length / Samples));
        Span<double> normal = stackalloc double[Terms * (Terms + 1)];
        Span<double> terms = stackalloc double[Terms];
        normal.Clear();
        for (int y = step / 2; y < picture.Height; y += step)
        {
            for (int x = step / 2; x < picture.Width; x += step)
            {
                Fill(terms, picture, x, y);
                double value = picture.Pixels[y * picture.Width + x];
                double weight = ink != 0 && (value - Dot(terms)) * ink > 0 ? InkWeight : 1;
                for (int i = 0; i < Terms; i++)
                {
                    for (int j = 0; j < Terms; j++) normal[i * (Terms + 1) + j] += weight * terms[i] * terms[j];
                    normal[i * (Terms + 1) + Terms] += weight * terms[i] * value;
                }
            }
        }
        // In a picture of one row or column some terms are the same; a trace of the identity keeps the system solvable.
        double trace = 1e-9 * (normal[0] + 1);
        for (int i = 0; i < Terms; i++) normal[i * (Terms + 1) + i] += trace;
        Solve(normal);
    }

    /// <summary>Gauss-Jordan; the matrix is positive definite, so no pivots are looked for.</summary>
    private void Solve(Span<double> rows)
    {
        const int Width = Terms + 1;
        for (int i = 0; i < Terms; i++)
        {
            for (int other = 0; other < Terms; other++)
            {
                if (other == i) continue;
                double factor = rows[other * Width + i] / rows[i * Width + i];
                for (int j = i; j < Width; j++) rows[other * Width + j] -= factor * rows[i * Width + j];
            }
        }
        for (int i = 0; i < Terms; i++) _coefficients[i] = rows[i * Width + Terms] / rows[i * Width + i];
    }

    private double Dot(ReadOnlySpan<double> terms)
    {
        double sum = 0;
        for (int i = 0; i < Terms; i++) sum += _coefficients[i] * terms[i];
        return sum;
    }

    private static void Fill(Span<double> terms, Picture picture, int column, int row)
    {
        double x = (2 * column + 1.0) / picture.Width - 1, y = (2 * row + 1.0) / picture.Height - 1;
        terms[0] = 1;
        terms[1] = x;
        terms[2] = y;
        terms[3] = x * x;
        terms[4] = x * y;
        terms[5] = y * y;
    }
}
