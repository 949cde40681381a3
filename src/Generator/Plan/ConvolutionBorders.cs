using Conv2dLayer = StaticCnn.Generator.Layers.Conv2d;
using MaxPool2dLayer = StaticCnn.Generator.Layers.MaxPool2d;

namespace StaticCnn.Generator.Plan;

/// <summary>The zero borders that a convolution's kernels read around its input and around its output's gradient.</summary>
internal static class ConvolutionBorders
{
    /// <summary>Around the input of a direct convolution.</summary>
    public static Border DirectInput(Conv2dLayer layer) => Taps.Border(
        [Taps.Forward(layer.KernelHeight, layer.StrideHeight, layer.PaddingHeight, layer.Output.Height, layer.DilationHeight)],
        [Taps.Forward(layer.KernelWidth, layer.StrideWidth, layer.PaddingWidth, layer.Output.Width, layer.DilationWidth)],
        layer.Input.Height, layer.Input.Width);

    /// <summary>Around the input of a convolution of one image.</summary>
    public static Border ImageInput(Conv2dLayer layer, WinogradTiles tiles) => FilteredInput(layer, tiles, rowsStandOut: true);

    /// <summary>Around the input of a convolution of a shard, for all that reads it in training.</summary>
    public static Border Input(Conv2dLayer layer, MaxPool2dLayer? pool)
    {
        var border = DirectInput(layer);
        if (AlgorithmChoice.Forward(layer, pool) is { } forward) border = border.Union(FilteredInput(layer, forward, rowsStandOut: false));
        if (AlgorithmChoice.WeightGradient(layer) is { } weight) border = border.Union(FilteredInput(layer, weight, rowsStandOut: true));
        return border;
    }

    private static Border FilteredInput(Conv2dLayer layer, WinogradTiles tiles, bool rowsStandOut) => Reach(
        tiles, -layer.PaddingHeight, -layer.PaddingWidth, tiles.Rows.Kernel, tiles.Columns.Kernel, rowsStandOut,
        layer.Input.Height, layer.Input.Width);

    public static Border Gradient(Conv2dLayer layer, bool needsInput)
    {
        var border = Border.None;
        if (needsInput)
        {
            border = Taps.Border(
                Taps.InputGradient(layer.KernelHeight, layer.StrideHeight, layer.PaddingHeight, layer.Input.Height, layer.DilationHeight),
                Taps.InputGradient(layer.KernelWidth, layer.StrideWidth, layer.PaddingWidth, layer.Input.Width, layer.DilationWidth),
                layer.Output.Height, layer.Output.Width);
            if (AlgorithmChoice.InputGradient(layer) is { } input)
            {
                border = border.Union(Reach(
                    input, layer.PaddingHeight - layer.KernelHeight + 1, layer.PaddingWidth - layer.KernelWidth + 1,
                    layer.KernelHeight, layer.KernelWidth, rowsStandOut: false, layer.Output.Height, layer.Output.Width));
            }
        }

        // Here the gradient's tile is the kernel: it is read as it lies, without taps around it.
        return AlgorithmChoice.WeightGradient(layer) is { } weight
            ? border.Union(Reach(weight, 0, 0, 1, 1, rowsStandOut: true, layer.Output.Height, layer.Output.Width))
            : border;
    }

    /// <summary>What tiles read outside an image, given where output (0,0) starts to read.</summary>
    private static Border Reach(
        WinogradTiles tiles, int rowStart, int columnStart, int kernelHeight, int kernelWidth, bool rowsStandOut, int height, int width)
    {
        int lastRow = tiles.Height + (rowsStandOut ? tiles.RowOverhang : 0) + rowStart + kernelHeight - 2;
        int lastColumn = tiles.Width + tiles.Overhang + columnStart + kernelWidth - 2;
        return new Border(
            Math.Max(0, -rowStart), Math.Max(0, -columnStart),
            Math.Max(0, lastRow - (height - 1)), Math.Max(0, lastColumn - (width - 1)));
    }
}
