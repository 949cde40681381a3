using StaticCnn.Generator.Kernels.Ir;
using StaticCnn.Generator.Plan;

namespace StaticCnn.Generator.Kernels;

/// <summary>
/// What an operation becomes: kernels that run one after another, some of them once for each row of tiles.
/// </summary>
internal sealed record Lowered(
    EquatableArray<Kernel> Before, EquatableArray<Kernel> PerRow, EquatableArray<int> Rows, EquatableArray<Kernel> After)
{
    /// <summary>What is copied in or out at the edge of a program, without a kernel.</summary>
    public static Lowered None { get; } = new(
        EquatableArray<Kernel>.Empty, EquatableArray<Kernel>.Empty, EquatableArray<int>.Empty, EquatableArray<Kernel>.Empty);

    public IEnumerable<Kernel> Kernels => Before.Concat(PerRow).Concat(After);
}

/// <summary>A plan with the kernels of all its operations, as <paramref name="lower"/> gives them.</summary>
internal sealed class LoweredPlan(NetworkPlan plan, Func<Operation, Target, Lowered> lower)
{
    public LoweredPlan(NetworkPlan plan) : this(plan, Lowering.Lower)
    {
    }

    private readonly Dictionary<(string Program, string Operation), Lowered> _lowered = plan.Programs
        .SelectMany(program => program.Operations, (program, operation) => (program, operation))
        .ToDictionary(item => (item.program.Name, item.operation.Name), item => lower(item.operation, plan.Target));

    public NetworkPlan Plan => plan;

    public Lowered this[Program program, Operation operation] => _lowered[(program.Name, operation.Name)];
}

/// <summary>From an operation to its kernels.</summary>
internal static class Lowering
{
    /// <summary>The kernels, with a smaller tile than planned where they would exceed the unroll budget otherwise.</summary>
    public static Lowered Lower(Operation operation, Target target)
    {
        var lowered = AsPlanned(operation, target);
        while (lowered.Kernels.Any(KernelSize.ExceedsBudget) && Smaller(operation) is { } smaller)
        {
            operation = smaller;
            lowered = AsPlanned(operation, target);
        }

        return lowered;
    }

    private static Lowered AsPlanned(Operation operation, Target target)
    {
        string name = char.ToUpperInvariant(operation.Name[0]) + operation.Name.Substring(1);
        switch (operation)
        {
            case LoadImages or Loss or StoreLogits:
                return Lowered.None;
            case WinogradConvolution op:
                int step = op.Tiles.Rows.Outputs / op.Unit, last = (op.Tiles.Height - op.Tiles.Rows.Outputs) / op.Unit;
                var row = new Argument("row", last + 1);
                return new Lowered(
                    EquatableArray<Kernel>.Empty,
                    Kernels(
                        Kernel(name + "In", "transform of the input, one row of tiles", Winograd.Input(op, target), row),
                        Kernel(name + "Products", "products, one row of tiles", Winograd.Products(op, target)),
                        Kernel(name + "Out", Description.Of(op), Winograd.Output(op, target), row)),
                    // The last row of tiles moves up where it would stand out.
                    Enumerable.Range(0, op.Tiles.TileRows).Select(i => Math.Min(i * step, last)).ToEquatableArray(),
                    EquatableArray<Kernel>.Empty);
            case WinogradWeightGradient op:
                int rows = op.Tiles.TileRows, height = op.Tiles.Rows.Outputs;
                var tileRow = new Argument("row", (rows - 1) * height + 1);
                return new Lowered(
                    Kernels(Kernel(name + "Clear", "sums start at zero", WinogradGradients.Clear(op, target))),
                    Kernels(
                        Kernel(name + "In", "transform of the input, one row of tiles", WinogradGradients.Input(op, target), tileRow),
                        Kernel(name + "Out", "transform of the output's gradient, one row of tiles", WinogradGradients.Output(op, target), tileRow),
                        Kernel(name + "Products", "sums of products, one row of tiles", WinogradGradients.Products(op, target))),
                    Enumerable.Range(0, rows).Select(i => i * height).ToEquatableArray(),
                    Kernels(
                        Kernel(name + "Taps", Description.Of(op), WinogradGradients.Taps(op, target)),
                        Kernel(name + "Scatter", "taps to the order of the weights", WinogradGradients.Scatter(op))));
            case WinogradWeights op:
                return Once(
                    Kernel(name + "Gather", "kernels tap by tap", Winograd.Gather(op)),
                    Kernel(name, Description.Of(op), Winograd.Weights(op, target)));
            case ImageWinograd op:
                return Once(
                    Kernel(name + "In", "transform of the input", ImageFiltering.Input(op, target)),
                    Kernel(name + "Products", "products", ImageFiltering.Products(op, target)),
                    Kernel(name + "Out", Description.Of(op), ImageFiltering.Output(op, target)));
            case ImageSpectra op:
                return Once(Kernel(name, Description.Of(op), ImageFiltering.Weights(op)));
            case LinearUpdate op:
                return Once(Kernel(name, Description.Of(op), Linear.Update(op, target), new Argument("block", op.Tasks)));
            case ConvolutionUpdate op:
                return Once(Kernel(name, Description.Of(op), Adam.Update(op, target), new Argument("run", op.Tasks)));
            default:
                return Once(Kernel(name, Description.Of(operation), Body(operation, target)));
        }
    }

    private static EquatableArray<Statement> Body(Operation operation, Target target) => operation switch
    {
        ConvolutionForward op => Convolution.Forward(op, target),
        ConvolutionInputGradient op => Convolution.InputGradient(op),
        ConvolutionWeightGradient op => Convolution.WeightGradient(op),
        PooledWeightGradient op => Convolution.PooledWeightGradient(op),
        BiasGradient op => Convolution.BiasGradient(op),
        PoolForward op => MaxPool.Forward(op),
        Unpool op => MaxPool.Unpool(op),
        PoolGradient op => MaxPool.Gradient(op),
        ReluForward op => Elementwise.Relu(op),
        ReluGradient op => Elementwise.ReluGradient(op),
        DropoutForward op => Elementwise.Dropout(op),
        DropoutGradient op => Elementwise.DropoutGradient(op),
        CopyView op => Elementwise.Copy(op),
        LinearForward op => Linear.Forward(op),
        LinearInputGradient op => Linear.InputGradient(op),
        TransposeFeatures op => Linear.TransposeFeatures(op, target),
        LinearBiasUpdate op => Linear.BiasUpdate(op, target),
        ImageConvolution op => ImageConvolutions.Forward(op, target),
        ImagePool op => MaxPool.Image(op, target),
        ImageRelu op => Elementwise.Image(op, target),
        ImageLinear op => Linear.Image(op, target),
        PointwiseOperation op => PointwiseKernels.Each(op, target),
        PixelSumOperation op => PointwiseKernels.PixelSum(op, target),
        BatchSumOperation op => PointwiseKernels.BatchSum(op, target),
        BatchPointwise op => PointwiseKernels.Batch(op, target),
        ScaleRows op => PointwiseKernels.ScaleRows(op, target),
        MomentsOperation op => Statistics.Moments(op),
        GatherMoments op => Statistics.Gather(op, target),
        GatherSum op => Statistics.Gather(op, target),
        StatisticsUpdate op => Statistics.Update(op, target),
        WindowOperation op => Windows.Forward(op, target),
        WindowGradient op => Windows.Gradient(op, target),
        DepthwiseWeightGradient op => Convolution.DepthwiseWeightGradient(op, target),
        ImageDepthwise op => ImageConvolutions.Depthwise(op, target),
        ImageChannels op => ImageConvolutions.Channels(op, target),
        ImageFlatten op => ImageConvolutions.Flatten(op),
        _ => throw new InvalidOperationException($"No kernel is known for {operation}."),
    };

    private static Operation? Smaller(Operation operation) => operation switch
    {
        ConvolutionForward op => Halve(op.Tile) is { } tile ? op with { Tile = tile } : null,
        ConvolutionInputGradient op => Halve(op.Tile) is { } tile ? op with { Tile = tile } : null,
        LinearForward op => Halve(op.Tile) is { } tile ? op with { Tile = tile } : null,
        LinearInputGradient op => Halve(op.Tile) is { } tile ? op with { Tile = tile } : null,
        ImageDepthwise op => op.Columns > 1 ? op with { Columns = op.Columns / 2 } : null,
        ImageConvolution op => Halve(op.Tile) is { } tile ? op with { Tile = tile } : null,
        _ => null,
    };

    private static Tile? Halve(Tile tile) => tile switch
    {
        { Rows: 1, Columns: 1 } => null,
        { Rows: var rows, Columns: var columns } when rows > columns => new Tile(rows / 2, columns),
        _ => new Tile(tile.Rows, tile.Columns / 2),
    };

    private static Lowered Once(params Kernel[] kernels) => new(
        Kernels(kernels), EquatableArray<Kernel>.Empty, EquatableArray<int>.Empty, EquatableArray<Kernel>.Empty);

    private static EquatableArray<Kernel> Kernels(params Kernel[] kernels) => kernels.ToEquatableArray();

    private static Kernel Kernel(string name, string summary, EquatableArray<Statement> body, params Argument[] arguments) =>
        Unroller.Unroll(new Kernel(name, summary, arguments.ToEquatableArray(), body));
}
