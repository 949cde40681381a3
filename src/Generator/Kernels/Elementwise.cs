using StaticCnn.Generator.Kernels.Ir;
using StaticCnn.Generator.Plan;
using static StaticCnn.Generator.Kernels.Ir.Values;

namespace StaticCnn.Generator.Kernels;

/// <summary>ReLU, dropout and copies where they are not fused into another operation.</summary>
internal static class Elementwise
{
    /// <summary>y = max(0, x).</summary>
    public static EquatableArray<Statement> Relu(ReluForward operation) =>
        Each(operation.Y, (c, h, w) => Formulas.Relu(Load(operation.X, c, h, w)));

    /// <summary>dx = dy where y is positive, else 0.</summary>
    public static EquatableArray<Statement> ReluGradient(ReluGradient operation) =>
        Each(operation.Result, (c, h, w) => Select(Greater(Load(operation.Output, c, h, w), 0f), Load(operation.Gradient, c, h, w), 0f));

    /// <summary>y = x * mask, the mask being 0 or 1/(1-p) by key and unit.</summary>
    public static EquatableArray<Statement> Dropout(DropoutForward operation) =>
        Each(operation.Y, (c, h, w) => Load(operation.X, c, h, w) * Values.Dropout(operation.Source, Unit(operation.Y, c, h, w)));

    /// <summary>dx = dy * mask, the mask computed again rather than kept.</summary>
    public static EquatableArray<Statement> DropoutGradient(DropoutGradient operation) =>
        Each(operation.Result, (c, h, w) => Load(operation.Gradient, c, h, w) * Values.Dropout(operation.Source, Unit(operation.Result, c, h, w)));

    public static EquatableArray<Statement> Copy(CopyView operation) =>
        Each(operation.Result, (c, h, w) => Load(operation.X, c, h, w));

    /// <summary>One image, channels in lanes.</summary>
    public static EquatableArray<Statement> Image(ImageRelu operation, Target target)
    {
        var block = new Block();
        View x = operation.X, y = operation.Y;
        bool samePlaces = x.RowPitch == y.RowPitch && x.ColumnPitch == y.ColumnPitch && x.Origin == 0 && y.Origin == 0;
        if (samePlaces)
        {
            block.For("v", x.Buffer.Length / target.Lanes, (at, v) =>
                at.Store(y.Buffer, v * target.Lanes, Formulas.Relu(Load(x.Buffer, v * target.Lanes))));
        }
        else
        {
            block.For("h", y.Height, (line, h) => line.For("w", y.Width, (pixel, w) =>
                pixel.For("v", View.RoundUp(y.Channels, target.Lanes) / target.Lanes, (at, v) =>
                    at.Store(y, v * target.Lanes, h, w, Formulas.Relu(Load(x, v * target.Lanes, h, w))))));
        }

        return block.Statements;
    }

    /// <summary>A gradient times the derivative of the ReLU, and dropout, that were fused behind the value it belongs to.</summary>
    public static Value Gated(Gate? gate, Value gradient, Affine channel, Affine row, Affine column)
    {
        if (gate is null) return gradient;
        var scaled = gate.Dropout is { } dropout ? gradient * Broadcast(dropout.Scalars, dropout.ScalarOffset + 1) : gradient;
        return Select(Greater(Load(gate.Output, channel, row, column), 0f), scaled, 0f);
    }

    private static Affine Unit(View view, Affine c, Affine h, Affine w) => c * (view.Height * view.Width) + h * view.Width + w;

    private static EquatableArray<Statement> Each(View y, Func<Affine, Affine, Affine, Value> value)
    {
        var block = new Block();
        block.For("c", y.Channels, (channel, c) => channel.For("h", y.Height, (line, h) => line.For("w", y.Width, (at, w) =>
            at.Store(y, c, h, w, value(c, h, w)))));
        return block.Statements;
    }
}
