using StaticCnn.Generator.Kernels.Ir;

namespace StaticCnn.Generator.Kernels;

/// <summary>
/// Writes y = matrix * x out as adds and multiply-adds of vectors. Points that come in pairs of opposite sign make rows
/// (or columns) that differ only in the sign of every other entry; the common parts are computed once.
/// </summary>
internal static class LinearTransform
{
    /// <param name="block">Where to write.</param>
    /// <param name="matrix">[outputs][inputs].</param>
    /// <param name="x">The inputs: registers.</param>
    /// <returns>The outputs, as values to store or to assign.</returns>
    public static Value[] Apply(Block block, double[][] matrix, Value[] x)
    {
        int rows = matrix.Length, columns = x.Length;
        var y = new Value[rows];
        // Columns in pairs: x[a]+x[b] serves the rows where the two agree, x[a]-x[b] those where they are opposite.
        var pairs = ColumnPairs(matrix, rows, columns);
        if (pairs.Count > 0)
        {
            var terms = new List<(Value Even, Value Odd, int Column)>();
            foreach (var (a, b) in pairs)
            {
                Register sum = new($"sum{a}"), difference = new($"difference{a}");
                block.Set(sum, x[a] + x[b]);
                block.Set(difference, x[a] - x[b]);
                terms.Add((sum, difference, a));
            }

            var single = Enumerable.Range(0, columns).Where(column => !pairs.Any(pair => pair.A == column || pair.B == column)).ToList();
            for (int row = 0; row < rows; row++)
            {
                y[row] = Combine(
                    terms.Select(term => (Agree(matrix, row, pairs, term.Column) ? term.Even : term.Odd, matrix[row][term.Column]))
                        .Concat(single.Select(column => (x[column], matrix[row][column]))));
            }

            return y;
        }

        var done = new bool[rows];
        for (int row = 0; row < rows; row++)
        {
            if (done[row]) continue;
            int current = row;
            int other = Enumerable.Range(row + 1, rows - row - 1).FirstOrDefault(candidate => Flipped(matrix[current], matrix[candidate]) >= 0);
            if (other == 0)
            {
                y[row] = Combine(x.Select((value, column) => (value, matrix[current][column])));
                continue;
            }

            Register even = new($"even{row}"), odd = new($"odd{row}");
            block.Set(even, Combine(x.Select((value, column) => (value, column % 2 == 0 ? matrix[current][column] : 0))));
            block.Set(odd, Combine(x.Select((value, column) => (value, column % 2 == 1 ? matrix[current][column] : 0))));
            y[row] = even + odd;
            y[other] = Flipped(matrix[row], matrix[other]) == 1 ? even - odd : odd - even;
            done[other] = true;
        }

        return y;
    }

    /// <summary>1 if two rows differ by the sign of their odd entries, 0 if by that of their even entries, else -1.</summary>
    private static int Flipped(double[] row, double[] other)
    {
        for (int parity = 1; parity >= 0; parity--)
        {
            bool flips = Enumerable.Range(0, row.Length).All(k => other[k] == (k % 2 == parity ? -row[k] : row[k]));
            bool both = row.Where((value, k) => k % 2 == 0 && value != 0).Any() && row.Where((value, k) => k % 2 == 1 && value != 0).Any();
            if (flips && both) return parity;
        }

        return -1;
    }

    private static List<(int A, int B)> ColumnPairs(double[][] matrix, int rows, int columns)
    {
        var pairs = new List<(int A, int B)>();
        if (rows >= columns) return pairs;
        for (int a = 0; a < columns; a++)
        {
            for (int b = a + 1; b < columns; b++)
            {
                if (pairs.Any(pair => pair.A == a || pair.B == a || pair.A == b || pair.B == b)) continue;
                bool alike = Enumerable.Range(0, rows).All(row => Math.Abs(matrix[row][a]) == Math.Abs(matrix[row][b]));
                bool differ = Enumerable.Range(0, rows).Any(row => matrix[row][a] != matrix[row][b]);
                bool nonzero = Enumerable.Range(0, rows).Count(row => matrix[row][a] != 0) > 1;
                if (alike && differ && nonzero) pairs.Add((a, b));
            }
        }

        return pairs;
    }

    private static bool Agree(double[][] matrix, int row, List<(int A, int B)> pairs, int column) =>
        matrix[row][column] == matrix[row][pairs.Single(pair => pair.A == column).B];

    /// <summary>A sum of multiples: ones by adding, the others by multiply-add.</summary>
    private static Value Combine(IEnumerable<(Value Value, double Factor)> terms)
    {
        Value? sum = null;
        // Plain terms first: the sum of two needs no multiplication to start with.
        foreach (var (value, factor) in terms.Where(term => term.Factor != 0).OrderBy(term => Math.Abs(term.Factor) == 1 ? 0 : 1).ThenBy(term => term.Factor == 1 ? 0 : 1))
        {
            sum = (sum, factor) switch
            {
                (null, 1) => value,
                (null, _) => value * (float)factor,
                (_, 1) => sum + value,
                (_, -1) => sum - value,
                _ => MultiplyAdd(value, (float)factor, sum),
            };
        }

        return sum ?? 0f;
    }
}
