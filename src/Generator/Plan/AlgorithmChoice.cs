using StaticCnn.Generator.Network;
using Conv2dLayer = StaticCnn.Generator.Layers.Conv2d;
using MaxPool2dLayer = StaticCnn.Generator.Layers.MaxPool2d;

namespace StaticCnn.Generator.Plan;

/// <summary>
/// Direct or Winograd, and which tile, by estimated cycles for one shard. Pure arithmetic: two multiply-adds a cycle,
/// and for transforms the count of their instructions over the rate at which they were seen to run.
/// </summary>
internal static class AlgorithmChoice
{
    /// <summary>Share of the peak that direct kernels reach.</summary>
    private const double DirectEfficiency = 0.8;

    /// <summary>Instructions of a transform that run in a cycle.</summary>
    private const double TransformRate = 2.0;

    /// <summary>Share of a direct convolution's cycles that filtering must stay below to be worth its rounding.</summary>
    private const double WorthIt = 0.75;

    /// <summary>The tiles of the forward pass, or null for direct convolution.</summary>
    /// <param name="pool">A pooling fused behind the convolution.</param>
    public static WinogradTiles? Forward(Conv2dLayer layer, MaxPool2dLayer? pool)
    {
        // Rows and columns that no pooling window covers are not computed.
        int height = pool is null ? layer.Output.Height : (pool.Output.Height - 1) * pool.StrideHeight + pool.WindowHeight;
        int width = pool is null ? layer.Output.Width : (pool.Output.Width - 1) * pool.StrideWidth + pool.WindowWidth;
        return Best(layer, layer.Input.Channels, layer.Output.Channels, height, width, tiles =>
            height >= tiles.Rows.Outputs
            && (pool is null || (pool.WindowHeight == pool.StrideHeight
                && tiles.Rows.Outputs % pool.StrideHeight == 0
                && (height - tiles.Rows.Outputs) % pool.StrideHeight == 0)));
    }

    /// <summary>The tiles of the input gradient, or null for direct convolution.</summary>
    public static WinogradTiles? InputGradient(Conv2dLayer layer) => Best(
        layer, layer.Output.Channels, layer.Input.Channels, layer.Input.Height, layer.Input.Width,
        tiles => layer.Input.Height >= tiles.Rows.Outputs);

    /// <summary>The tiles of the weight gradient, or null for direct convolution.</summary>
    public static WinogradTiles? WeightGradient(Conv2dLayer layer) =>
        layer.Input.Channels % WinogradWeightGradient.Block != 0 || layer.Output.Channels % WinogradWeightGradient.Block != 0
            ? null
            : Best(layer, layer.Input.Channels, layer.Output.Channels, layer.Output.Height, layer.Output.Width, _ => true, perProduct: 2);

    private static WinogradTiles? Best(
        Conv2dLayer layer, int ins, int outs, int height, int width, Func<WinogradTiles, bool> isAllowed, double perProduct = 1)
    {
        if (layer.Algorithm == Algorithm.Direct || layer is not { StrideHeight: 1, StrideWidth: 1, DilationHeight: 1, DilationWidth: 1, Groups: 1 }) return null;
        var candidates =
            from rows in Filterings(layer.KernelHeight)
            from columns in Filterings(layer.KernelWidth)
            select new WinogradTiles(rows, columns, height, width);
        double direct = layer.Algorithm == Algorithm.Winograd
            ? double.MaxValue
            : (double)ins * outs * layer.Taps * height * width / 2 / DirectEfficiency;
        return candidates
            .Where(isAllowed)
            .Select(tiles => (Tiles: tiles, Cycles: Cycles(tiles, ins, outs, perProduct)))
            .Where(choice => choice.Cycles < WorthIt * direct)
            .OrderBy(choice => choice.Cycles)
            .Select(choice => choice.Tiles)
            .FirstOrDefault();
    }

    private static double Cycles(WinogradTiles tiles, int ins, int outs, double perProduct)
    {
        double count = (double)tiles.TileRows * tiles.TileColumns;
        int t = tiles.Rows.Size + tiles.Columns.Size, m = tiles.Rows.Outputs + tiles.Columns.Outputs;
        double products = count * tiles.Products * ins * outs / 2 / DirectEfficiency * perProduct;
        // Loads, stores and about three operations for each value of each one-dimensional transform.
        double input = count * ins * (4 * tiles.Products + 1.5 * t * t) / TransformRate;
        double output = count * outs * (3 * tiles.Products + t * m) / TransformRate;
        return products + input + output;
    }

    private static IEnumerable<CookToom> Filterings(int kernel) =>
        Enumerable.Range(2, 6).Where(outputs => CookToom.IsPossible(outputs, kernel)).Select(outputs => new CookToom(outputs, kernel));
}
