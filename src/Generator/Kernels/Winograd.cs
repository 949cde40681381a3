using StaticCnn.Generator.Kernels.Ir;
using StaticCnn.Generator.Plan;
using static StaticCnn.Generator.Kernels.Ir.Values;
using Buffer = StaticCnn.Generator.Plan.Buffer;

namespace StaticCnn.Generator.Kernels;

/// <summary>
/// Winograd's filtering, batch in lanes. Each kernel works on one row of tiles, so that what lies between the kernels
/// stays in the second-level cache; <c>row</c> is that row's first output row, in units of the fused pooling's stride.
/// </summary>
internal static class Winograd
{
    /// <summary>input[product][ic][tile] = In * (tile of x) * In'.</summary>
    public static EquatableArray<Statement> Input(WinogradConvolution operation, Target target) => TransformInput(
        operation.X, operation.Tiles, Affine.Variable("row") * operation.Unit + operation.RowStart, operation.ColumnStart,
        operation.Input, operation.Scratch, target);

    /// <summary>output[product][oc][tile] = sum over ic of weights[product][oc][ic] * input[product][ic][tile].</summary>
    public static EquatableArray<Statement> Products(WinogradConvolution operation, Target target)
    {
        int lanes = target.Lanes, tiles = operation.Tiles.TileColumns, ins = operation.X.Channels;
        var block = new Block();
        block.For("product", operation.Tiles.Products, (outer, product) =>
            outer.Split("oc", operation.Y.Channels, operation.Tile.Rows, (middle, oc, outs) =>
                middle.Split("tile", tiles, operation.Tile.Columns, (inner, tile, columns) =>
                {
                    inner.Unroll("t", outs, (row, t) => row.Unroll("i", columns, (at, i) => at.Set(Sum(t, i), 0f)));
                    inner.For("ic", ins, (term, ic) =>
                    {
                        term.Unroll("i", columns, (at, i) => at.Set(new Register("x", i), Load(
                            operation.Input.Buffer, product * operation.Input.Pitch + (ic * tiles + tile + i) * lanes)));
                        term.Unroll("t", outs, (row, t) =>
                        {
                            var weight = new Register("weight");
                            row.Set(weight, Broadcast(operation.Weights.Buffer,
                                product * operation.Weights.Pitch + (oc + t) * operation.OutStride + ic * operation.InStride));
                            row.Unroll("i", columns, (at, i) => at.Set(Sum(t, i), MultiplyAdd(new Register("x", i), weight, Sum(t, i))));
                        });
                    });
                    inner.Unroll("t", outs, (row, t) => row.Unroll("i", columns, (at, i) => at.Store(
                        operation.Output.Buffer, product * operation.Output.Pitch + ((oc + t) * tiles + tile + i) * lanes, Sum(t, i))));
                })));
        return block.Statements;

        static Register Sum(Affine t, Affine i) => new("sum", t, i);
    }

    /// <summary>rows = Out * output[..][oc][tile] * Out', then bias, and ReLU, pooling or mask on the way to y.</summary>
    public static EquatableArray<Statement> Output(WinogradConvolution operation, Target target)
    {
        var tiles = operation.Tiles;
        int lanes = target.Lanes, across = tiles.TileColumns, width = across * tiles.Columns.Outputs;
        var row = Affine.Variable("row");
        var rows = new View(operation.Rows, 1, tiles.Rows.Outputs, width, 0, tiles.Rows.Outputs * width * lanes, width * lanes, lanes);
        var block = new Block();
        block.For("oc", operation.Y.Channels, (channel, oc) =>
        {
            channel.For("tile", across, (body, tile) => Transform(
                body, tiles.Rows.Out, tiles.Columns.Out, operation.Scratch, lanes,
                (i, j) => Load(operation.Output.Buffer, (i * tiles.Columns.Size + j) * operation.Output.Pitch + (oc * across + tile) * lanes),
                (at, i, j, value) => at.Store(rows, 0, i, tile * tiles.Columns.Outputs + j,
                    operation.Bias is null ? value : value + Broadcast(operation.Bias, oc))));
            if (operation.Pool is { } pool)
            {
                channel.For("ph", tiles.Rows.Outputs / pool.StrideHeight, (line, ph) => line.For("pw", pool.Output.Width, (window, pw) =>
                    MaxPool.Window(window, pool, (r, c) => Load(rows, 0, ph * pool.StrideHeight + r, pw * pool.StrideWidth + c),
                        operation.Y, operation.Winner, oc, row + ph, pw, operation.Relu)));
            }
            else
            {
                channel.For("r", tiles.Rows.Outputs, (line, r) => line.For("w", tiles.Width, (at, w) =>
                {
                    Value value = Load(rows, 0, r, w);
                    if (operation.Relu) value = Relu(value);
                    at.Store(operation.Y, oc, row + r, w, operation.Outlet is null
                        ? Elementwise.Gated(operation.Gate, value, oc, row + r, w)
                        : Expressions.Write(at, operation.Outlet, value, oc, row + r, w));
                }));
            }
        });
        return block.Statements;
    }

    /// <summary>result[product][oc*ic] = Taps * (kernel) * Taps', the kernels' taps lying as [tap][oc*ic].</summary>
    public static EquatableArray<Statement> Weights(WinogradWeights operation, Target target)
    {
        var (tiles, layer) = (operation.Tiles, operation.Layer);
        int pairs = Pairs(layer.Output.Channels * layer.Input.Channels);
        var block = new Block();
        block.For("pair", pairs / target.Lanes, (body, pair) => Transform(
            body, tiles.Rows.Taps, tiles.Columns.Taps, operation.Scratch, target.Lanes,
            (i, j) => Load(operation.Taps, (operation.Reversed ? Tap(i, j) * -1 + (layer.Taps - 1) : Tap(i, j)) * pairs + pair * target.Lanes),
            (at, i, j, value) => at.Store(operation.Result.Buffer, (i * tiles.Columns.Size + j) * operation.Result.Pitch + pair * target.Lanes, value)));
        return block.Statements;

        Affine Tap(Affine i, Affine j) => i * layer.KernelWidth + j;
    }

    /// <summary>taps[tap][oc*ic] = weight[oc*ic][tap].</summary>
    public static EquatableArray<Statement> Gather(WinogradWeights operation)
    {
        var layer = operation.Layer;
        int count = layer.Output.Channels * layer.Input.Channels, pairs = Pairs(count);
        var block = new Block();
        block.For("pair", count, (body, pair) => body.Unroll("tap", layer.Taps, (at, tap) =>
            at.Move(operation.Weight, pair * layer.Taps + tap, operation.Taps, tap * pairs + pair)));
        return block.Statements;
    }

    /// <summary>Pairs of channels in whole vectors at every width.</summary>
    public static int Pairs(int count) => View.RoundUp(count, 16);

    /// <summary>The input side of both the convolution and its weight gradient.</summary>
    public static EquatableArray<Statement> TransformInput(
        View x, WinogradTiles tiles, Affine firstRow, int firstColumn, Spectrum result, Buffer scratch, Target target)
    {
        var block = new Block();
        block.For("ic", x.Channels, (channel, ic) => channel.For("tile", tiles.TileColumns, (body, tile) => Transform(
            body, tiles.Rows.In, tiles.Columns.In, scratch, target.Lanes,
            (i, j) => Load(x, ic, firstRow + i, tile * tiles.Columns.Outputs + j + firstColumn),
            (at, i, j, value) => at.Store(
                result.Buffer, (i * tiles.Columns.Size + j) * result.Pitch + (ic * tiles.TileColumns + tile) * target.Lanes, value))));
        return block.Statements;
    }

    /// <summary>
    /// down * x * across': first each column of the tile, then each row of what came of it. In between the tile lies in
    /// <paramref name="scratch"/>, because it is larger than the registers.
    /// </summary>
    public static void Transform(
        Block block, double[][] down, double[][] across, Buffer scratch, int lanes, Func<Affine, Affine, Value> x, Action<Block, Affine, Affine, Value> store)
    {
        int inRows = down[0].Length, inColumns = across[0].Length;
        block.For("j", inColumns, (column, j) =>
        {
            var y = LinearTransform.Apply(column, down, Registers(column, inRows, i => x(i, j)));
            for (int i = 0; i < y.Length; i++) column.Store(scratch, j * lanes + i * inColumns * lanes, y[i]);
        });
        block.For("i", down.Length, (row, i) =>
        {
            var y = LinearTransform.Apply(row, across, Registers(row, inColumns, j => Load(scratch, i * (inColumns * lanes) + j * lanes)));
            for (int j = 0; j < y.Length; j++) store(row, i, j, y[j]);
        });
    }

    private static Value[] Registers(Block block, int count, Func<int, Value> value) => Enumerable.Range(0, count).Select(i =>
    {
        var register = new Register("d" + i);
        block.Set(register, value(i));
        return (Value)register;
    }).ToArray();
}
