using StaticCnn.Generator.Kernels.Ir;
using StaticCnn.Generator.Plan;

namespace StaticCnn.Generator.Kernels;

/// <summary>From an operation to its kernel. What is copied in or out at the edge of a program has none.</summary>
internal static class Lowering
{
    /// <summary>The kernel, with a smaller tile than planned where it would exceed the unroll budget otherwise.</summary>
    public static Kernel? Lower(Operation operation, Target target)
    {
        var kernel = AsPlanned(operation, target);
        while (kernel is not null && KernelSize.ExceedsBudget(kernel) && Smaller(operation) is { } smaller)
        {
            operation = smaller;
            kernel = AsPlanned(operation, target);
        }

        return kernel;
    }

    private static Kernel? AsPlanned(Operation operation, Target target)
    {
        EquatableArray<Statement>? body = operation switch
        {
            ConvolutionForward op => Convolution.Forward(op, target),
            ConvolutionInputGradient op => Convolution.InputGradient(op),
            ConvolutionWeightGradient op => Convolution.WeightGradient(op),
            BiasGradient op => Convolution.BiasGradient(op),
            ConvolutionUpdate op => Adam.Update(op, target),
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
            LinearUpdate op => Linear.Update(op, target),
            LinearBiasUpdate op => Linear.BiasUpdate(op, target),
            ImageConvolution op => ImageConvolutions.Forward(op, target),
            ImagePool op => MaxPool.Image(op, target),
            ImageRelu op => Elementwise.Image(op, target),
            ImageLinear op => Linear.Image(op, target),
            _ => null,
        };
        if (body is null) return null;
        var arguments = operation switch
        {
            LinearUpdate op => new[] { new Argument("block", op.Tasks) },
            ConvolutionUpdate op => new[] { new Argument("run", op.Tasks) },
            _ => Array.Empty<Argument>(),
        };
        string name = char.ToUpperInvariant(operation.Name[0]) + operation.Name.Substring(1);
        return Unroller.Unroll(new Kernel(name, Description.Of(operation), arguments.ToEquatableArray(), body.Value));
    }

    private static Operation? Smaller(Operation operation) => operation switch
    {
        ConvolutionForward op => Halve(op.Tile) is { } tile ? op with { Tile = tile } : null,
        ConvolutionInputGradient op => Halve(op.Tile) is { } tile ? op with { Tile = tile } : null,
        ImageConvolution op => Halve(op.Tile) is { } tile ? op with { Tile = tile } : null,
        _ => null,
    };

    private static Tile? Halve(Tile tile) => tile switch
    {
        { Rows: 1, Columns: 1 } => null,
        { Rows: var rows, Columns: var columns } when rows > columns => new Tile(rows / 2, columns),
        _ => new Tile(tile.Rows, tile.Columns / 2),
    };
}
