namespace StaticCnn.Generator.Plan;

/// <summary>A register tile: rows times columns of accumulators, and how a width splits into tiles of nearly equal size.</summary>
internal sealed record Tile(int Rows, int Columns)
{
    /// <summary>
    /// The tile for which a grid of <paramref name="rows"/> x <paramref name="columns"/> sums costs the fewest
    /// estimated cycles a term.
    /// </summary>
    public static Tile Choose(Target target, int rows, int columns, int mostRows = int.MaxValue)
    {
        Tile? best = null;
        double bestCost = double.MaxValue;
        for (int r = 1; r <= Math.Min(rows, mostRows); r++)
        {
            for (int c = 1; c <= columns; c++)
            {
                // Free registers: one for the column operand, and one per row operand where it is used more than once.
                if (r * c + (c > 1 ? r : 1) + 1 > target.Registers) break;
                double cost = 0;
                foreach (var (heightSize, heightCount) in Split(rows, r))
                {
                    foreach (var (widthSize, widthCount) in Split(columns, c))
                    {
                        double cycles = Cycles(heightSize * widthSize, heightSize + widthSize);
                        cost += cycles * heightCount * widthCount;
                    }
                }

                // Of equal cost the larger tile, which runs fewer loops.
                if (cost < bestCost - 1e-9 || (cost < bestCost + 1e-9 && best is not null && r * c > best.Rows * best.Columns))
                {
                    best = new Tile(r, c);
                    bestCost = cost;
                }
            }
        }

        return best ?? new Tile(1, 1);
    }

    /// <summary>
    /// Estimated cycles of one term of a tile: two multiply-adds and two loads a cycle, a latency of four cycles where
    /// there are too few independent sums, and a little for each load, since it takes a place in the pipeline.
    /// </summary>
    public static double Cycles(int products, int loads) =>
        Math.Max(Math.Max(products, loads) / 2.0, 4) + 0.05 * loads;

    /// <summary>Splits a length into pieces of at most <paramref name="most"/> whose sizes differ by at most one, larger ones first.</summary>
    public static IReadOnlyList<(int Size, int Count)> Split(int length, int most)
    {
        int pieces = (length + most - 1) / most;
        int small = length / pieces, larger = length - small * pieces;
        var result = new List<(int, int)>();
        if (larger > 0) result.Add((small + 1, larger));
        if (pieces > larger) result.Add((small, pieces - larger));
        return result;
    }
}
