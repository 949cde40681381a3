using Conv2dLayer = StaticCnn.Generator.Layers.Conv2d;
using MaxPool2dLayer = StaticCnn.Generator.Layers.MaxPool2d;

namespace StaticCnn.Generator.Plan;

/// <summary>What an operation does, in a line, for the plan's text and above the generated method.</summary>
internal static class Description
{
    public static string Of(Operation operation) => operation switch
    {
        LoadImages op => $"images into lanes {Shape(op.X)}",
        ConvolutionForward op => $"{Layer(op.Layer)}{(op.Relu ? ", ReLU" : "")}{Pool(op.Pool)}: {op.Layer.Input} -> {Shape(op.Y)}; direct, tile {op.Tile.Rows} channels x {op.Tile.Columns} columns",
        ConvolutionInputGradient op => $"input gradient of {Layer(op.Layer)}: {op.Layer.Output} -> {op.Layer.Input}{Masked(op.Gate)}; direct, tile {op.Tile.Rows} channels x {op.Tile.Columns} columns",
        ConvolutionWeightGradient op => $"weight gradient of {Layer(op.Layer)}; direct, tile {op.Tile.OutChannels} x {op.Tile.InChannels} channels x {op.Layer.KernelWidth} taps",
        PooledWeightGradient op => $"{Of(op.Unpool)}; {Of(op.Weight)}",
        BiasGradient op => $"bias gradient: sum over {Shape(op.Gradient)}",
        PoolForward op => $"{Window(op.Layer)}: {op.Layer.Input} -> {op.Layer.Output}",
        Unpool op => $"gradient of {Window(op.Layer)}{(op.Output is null ? "" : " behind ReLU")}: {op.Layer.Output} -> {op.Layer.Input}{(op.BiasGradient is null ? "" : ", and the bias gradient")}",
        PoolGradient op => $"gradient of {Window(op.Layer)}, overlapping: {op.Layer.Output} -> {op.Layer.Input}",
        ReluForward op => $"ReLU {Shape(op.Y)}",
        ReluGradient op => $"gradient of ReLU {Shape(op.Result)}",
        DropoutForward op => $"dropout {Shape(op.Y)}",
        DropoutGradient op => $"gradient of dropout {Shape(op.Result)}",
        CopyView op => $"copy {Shape(op.X)}",
        LinearForward op => $"linear {op.Layer.Input} -> {op.Layer.Output}{(op.Relu ? ", ReLU" : "")}{(op.Dropout is null ? "" : ", dropout")}; tile {op.Tile.Rows} outputs",
        LinearInputGradient op => $"input gradient of linear: {op.Layer.Output} -> {op.Layer.Input}{Masked(op.Gate)}; tile {op.Tile.Rows} inputs",
        TransposeFeatures op => $"inputs image by image: [{op.X.Channels}][lane] -> [lane][{op.X.Channels}]",
        Loss op => $"softmax cross-entropy of {Shape(op.Logits)} and its gradient",
        StoreLogits op => $"logits {Shape(op.Logits)} to the caller",
        LinearUpdate op => FormattableString.Invariant($"weight gradient of linear {op.Layer.Input} -> {op.Layer.Output} and Adam, {op.Tasks} x {op.Tile.Rows} rows from {op.FirstRow}; tile {op.Tile.Rows} rows x {op.Tile.Columns} vectors"),
        LinearBiasUpdate op => $"bias gradient of linear {op.Layer.Output} and Adam",
        ConvolutionUpdate op => FormattableString.Invariant($"convolution gradients over {op.Shards} shards and Adam, {op.Tasks} x {op.Length} floats from {op.First}"),
        WinogradConvolution op => $"{(op.Name.EndsWith("InputGradient", StringComparison.Ordinal) ? "input gradient of " : "")}{Layer(op.Layer)}{(op.Relu ? ", ReLU" : "")}{Pool(op.Pool)}: {Shape(op.X)} -> {Shape(op.Y)}{Masked(op.Gate)}; {Filtering(op.Tiles)}, tile {op.Tile.Rows} channels x {op.Tile.Columns} tiles",
        WinogradWeights op => FormattableString.Invariant($"spectra of {op.Layer.Output.Channels} x {op.Layer.Input.Channels} kernels{(op.Reversed ? ", turned around" : "")}; {Filtering(op.Tiles)}"),
        WinogradWeightGradient op => $"weight gradient of {Layer(op.Layer)}; {Filtering(op.Tiles)}",
        ImageConvolution op => $"{Layer(op.Layer)}: {op.Layer.Input} -> {op.Layer.Output}; direct, tile {op.Tile.Rows} vectors x {op.Tile.Columns} columns",
        ImageSpectra op => FormattableString.Invariant($"spectra of {op.Layer.Output.Channels} x {op.Layer.Input.Channels} kernels for one image"),
        ImageWinograd op => $"{Layer(op.Layer)}: {op.Layer.Input} -> {op.Layer.Output}; {Filtering(op.Tiles)}, tile {op.Tile.Rows} vectors x {op.Tile.Columns} tiles",
        ImagePool op => $"{(op.Relu ? "ReLU and " : "")}{Window(op.Layer)}: {op.Layer.Input} -> {op.Layer.Output}",
        ImageRelu op => $"ReLU {Shape(op.Y)}",
        ImageLinear op => $"linear {Shape(op.X)} -> {op.Layer.Output}",
        PointwiseOperation op => $"formula {Shape(op.Y)}",
        PixelSumOperation op => $"sum over the pixels of {op.Pixels}",
        BatchSumOperation op => $"sum over the pixels and images of {op.Pixels}",
        BatchPointwise op => FormattableString.Invariant($"formula of the batch [{op.Channels}]"),
        ScaleRows op => FormattableString.Invariant($"weights of {op.Rows} outputs, each scaled"),
        MomentsOperation op => $"mean and variance of {Shape(op.X)}",
        GatherMoments op => FormattableString.Invariant($"mean and variance of {op.Channels} channels over {op.Shards} shards"),
        GatherSum op => FormattableString.Invariant($"sums of {op.Channels} channels over {op.Shards} shards"),
        StatisticsUpdate op => FormattableString.Invariant($"running statistics of {op.Channels} channels"),
        WindowOperation op => $"{(op.IsMax ? "max" : "average")} pooling {Sliding(op.Window)}: {Shape(op.X)} -> {Shape(op.Y)}",
        WindowGradient op => $"gradient of {(op.IsMax ? "max" : "average")} pooling {Sliding(op.Window)}: {Shape(op.Gradient)} -> {Shape(op.Result)}",
        DepthwiseWeightGradient op => $"weight gradient of {Layer(op.Layer)}, each channel by itself",
        ImageDepthwise op => $"{Layer(op.Layer)}, each channel by itself: {op.Layer.Input} -> {op.Layer.Output}",
        ImageChannels op => FormattableString.Invariant($"{Shape(op.X)} into channels {op.First} to {op.First + op.X.Channels - 1}"),
        ImageFlatten op => $"{Shape(op.X)} as a vector",
        _ => operation.GetType().Name,
    };

    private static string Shape(View view) => view.Height == 1 && view.Width == 1
        ? FormattableString.Invariant($"[{view.Channels}]")
        : FormattableString.Invariant($"[{view.Channels},{view.Height},{view.Width}]");

    private static string Layer(Conv2dLayer layer) => FormattableString.Invariant(
        $"convolution {layer.KernelHeight}x{layer.KernelWidth} stride {layer.StrideHeight}x{layer.StrideWidth} padding {layer.PaddingHeight}x{layer.PaddingWidth}");

    private static string Filtering(WinogradTiles tiles) => FormattableString.Invariant(
        $"Winograd F({tiles.Rows.Outputs}x{tiles.Columns.Outputs}, {tiles.Rows.Kernel}x{tiles.Columns.Kernel}), {tiles.TileRows} x {tiles.TileColumns} tiles");

    private static string Window(MaxPool2dLayer layer) => FormattableString.Invariant(
        $"max pooling {layer.WindowHeight}x{layer.WindowWidth} stride {layer.StrideHeight}x{layer.StrideWidth}");

    private static string Sliding(Window window) => FormattableString.Invariant(
        $"{window.Rows.Size}x{window.Columns.Size} stride {window.Rows.Stride}x{window.Columns.Stride}");

    private static string Pool(MaxPool2dLayer? layer) => layer is null ? "" : ", " + Window(layer);

    private static string Masked(Gate? gate) => gate is null ? "" : gate.Dropout is null ? ", masked by ReLU" : ", masked by ReLU and dropout";
}
