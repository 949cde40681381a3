using StaticCnn.Generator.Kernels.Ir;
using StaticCnn.Generator.Plan;
using static StaticCnn.Generator.Kernels.Ir.Values;

namespace StaticCnn.Generator.Kernels;

/// <summary>
/// The weight gradient by Winograd's filtering: a kernel's gradient is the correlation of the input with the output's
/// gradient, so it is F(r,m) where the forward pass is F(m,r), over the same points and with the same transform of
/// the input. <c>row</c> is the first output row of one row of tiles.
/// </summary>
internal static class WinogradGradients
{
    private const int Block = WinogradWeightGradient.Block;

    /// <summary>input[product][ic][tile] = In * (tile of x) * In'.</summary>
    public static EquatableArray<Statement> Input(WinogradWeightGradient operation, Target target) => Winograd.TransformInput(
        operation.X, operation.Tiles, Affine.Variable("row") - operation.Layer.PaddingHeight, -operation.Layer.PaddingWidth,
        operation.Input, operation.Scratch, target);

    /// <summary>output[product][oc][tile] = Taps * (tile of dy) * Taps', the tile being the kernel here.</summary>
    public static EquatableArray<Statement> Output(WinogradWeightGradient operation, Target target)
    {
        var tiles = operation.Tiles;
        var row = Affine.Variable("row");
        var block = new Ir.Block();
        block.For("oc", operation.Gradient.Channels, (channel, oc) => channel.For("tile", tiles.TileColumns, (body, tile) => Winograd.Transform(
            body, tiles.Rows.Swap().Taps, tiles.Columns.Swap().Taps, operation.Scratch, target.Lanes,
            (i, j) => Load(operation.Gradient, oc, row + i, tile * tiles.Columns.Outputs + j),
            (at, i, j, value) => at.Store(operation.Output.Buffer,
                (i * tiles.Columns.Size + j) * operation.Output.Pitch + (oc * tiles.TileColumns + tile) * target.Lanes, value))));
        return block.Statements;
    }

    public static EquatableArray<Statement> Clear(WinogradWeightGradient operation, Target target)
    {
        var block = new Ir.Block();
        block.For("v", operation.Sums.Buffer.Length / target.Lanes, (at, v) => at.Store(operation.Sums.Buffer, v * target.Lanes, 0f));
        return block.Statements;
    }

    /// <summary>
    /// sums[product][block of 4 oc x 4 ic] += sum over tiles and lanes of output * input. Sixteen sums over lanes are
    /// taken together, which costs a third of taking each by itself.
    /// </summary>
    public static EquatableArray<Statement> Products(WinogradWeightGradient operation, Target target)
    {
        int lanes = target.Lanes, tiles = operation.Tiles.TileColumns;
        int outs = operation.Gradient.Channels / Block, ins = operation.X.Channels / Block;
        var block = new Ir.Block();
        // Sixteen accumulators and their operands need more registers than the narrower targets have.
        int rows = target.Registers >= 32 ? Block : Block / 2;
        block.For("product", operation.Tiles.Products, (outer, product) => outer.For("oc", outs, (middle, oc) => middle.For("ic", ins, (inner, ic) =>
        {
            for (int half = 0; half < Block; half += rows)
            {
                int first = half;
                inner.Unroll("t", rows, (row, t) => row.Unroll("u", Block, (at, u) => at.Set(Sum(t + first, u), 0f)));
                string variable = half == 0 ? "tile" : "tile" + half;
                inner.For(variable, tiles, (body, tile) =>
                {
                    body.Unroll("u", Block, (at, u) => at.Set(new Register("x", u), Load(
                        operation.Input.Buffer, product * operation.Input.Pitch + ((ic * Block + u) * tiles + tile) * lanes)));
                    body.Unroll("t", rows, (row, t) =>
                    {
                        var dy = new Register("dy");
                        row.Set(dy, Load(operation.Output.Buffer, product * operation.Output.Pitch + ((oc * Block + t + first) * tiles + tile) * lanes));
                        row.Unroll("u", Block, (at, u) => at.Set(Sum(t + first, u), MultiplyAdd(new Register("x", u), dy, Sum(t + first, u))));
                    });
                });
                for (int start = half * Block; start < (half + rows) * Block; start += lanes)
                {
                    int from = start;
                    var index = product * operation.Sums.Pitch + (oc * ins + ic) * (Block * Block) + start;
                    var sums = new LaneSums(Enumerable.Range(0, lanes)
                        .Select(k => (Value)Sum((from + k) / Block, (from + k) % Block)).ToEquatableArray());
                    inner.Store(operation.Sums.Buffer, index, Load(operation.Sums.Buffer, index) + sums);
                }
            }
        })));
        return block.Statements;

        static Register Sum(Affine t, Affine u) => new("sum", t, u);
    }

    /// <summary>taps[tap][block of pairs] = Out * sums * Out'.</summary>
    public static EquatableArray<Statement> Taps(WinogradWeightGradient operation, Target target)
    {
        var (tiles, layer) = (operation.Tiles, operation.Layer);
        int pairs = layer.Output.Channels * layer.Input.Channels;
        var block = new Ir.Block();
        block.For("pair", pairs / target.Lanes, (body, pair) => Winograd.Transform(
            body, tiles.Rows.Swap().Out, tiles.Columns.Swap().Out, operation.Scratch, target.Lanes,
            (i, j) => Load(operation.Sums.Buffer, (i * tiles.Columns.Size + j) * operation.Sums.Pitch + pair * target.Lanes),
            (at, i, j, value) => at.Store(operation.Taps, (i * layer.KernelWidth + j) * pairs + pair * target.Lanes, value)));
        return block.Statements;
    }

    /// <summary>result[oc][ic][tap] = taps[tap][block of pairs].</summary>
    public static EquatableArray<Statement> Scatter(WinogradWeightGradient operation)
    {
        var layer = operation.Layer;
        int channels = layer.Input.Channels, ins = channels / Block, outs = layer.Output.Channels / Block;
        int pairs = layer.Output.Channels * channels;
        var block = new Ir.Block();
        block.For("oc", outs, (outer, oc) => outer.For("t", Block, (row, t) => row.For("ic", ins, (inner, ic) => inner.For("u", Block, (body, u) =>
            body.Unroll("tap", layer.Taps, (at, tap) => at.Move(
                operation.Taps, tap * pairs + (oc * ins + ic) * (Block * Block) + t * Block + u,
                operation.Result, ((oc * Block + t) * channels + ic * Block + u) * layer.Taps + tap))))));
        return block.Statements;
    }
}
