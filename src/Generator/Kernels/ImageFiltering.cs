using StaticCnn.Generator.Kernels.Ir;
using StaticCnn.Generator.Plan;
using static StaticCnn.Generator.Kernels.Ir.Values;

namespace StaticCnn.Generator.Kernels;

/// <summary>
/// Winograd's filtering of one image, channels in lanes: a transform works on a vector of channels of one tile, a
/// product on a vector of output channels and one input channel's value.
/// </summary>
internal static class ImageFiltering
{
    /// <summary>input[product][tile][ic] = In * (tile of x) * In'.</summary>
    public static EquatableArray<Statement> Input(ImageWinograd operation, Target target)
    {
        var (tiles, layer, x) = (operation.Tiles, operation.Layer, operation.X);
        int lanes = target.Lanes;
        var block = new Block();
        block.For("down", tiles.TileRows, (line, down) => line.For("across", tiles.TileColumns, (tile, across) =>
            tile.For("v", x.ColumnPitch / lanes, (body, v) => Winograd.Transform(
                body, tiles.Rows.In, tiles.Columns.In, operation.Scratch, lanes,
                (i, j) => Load(x, v * lanes, down * tiles.Rows.Outputs + (i - layer.PaddingHeight), across * tiles.Columns.Outputs + (j - layer.PaddingWidth)),
                (at, i, j, value) => at.Store(operation.Input.Buffer,
                    (i * tiles.Columns.Size + j) * operation.Input.Pitch + (down * tiles.TileColumns + across) * x.ColumnPitch + v * lanes, value)))));
        return block.Statements;
    }

    /// <summary>output[product][tile][oc] = sum over ic of input[product][tile][ic] * weights[product][ic][oc].</summary>
    public static EquatableArray<Statement> Products(ImageWinograd operation, Target target)
    {
        var tiles = operation.Tiles;
        int lanes = target.Lanes, pitch = operation.Y.ColumnPitch, inPitch = operation.X.ColumnPitch;
        var block = new Block();
        block.For("product", tiles.Products, (outer, product) => outer.Split("v", pitch / lanes, operation.Tile.Rows, (middle, v, outs) =>
            middle.Split("tile", tiles.TileRows * tiles.TileColumns, operation.Tile.Columns, (inner, tile, count) =>
            {
                inner.Unroll("t", outs, (row, t) => row.Unroll("i", count, (at, i) => at.Set(Sum(t, i), 0f)));
                inner.For("ic", operation.Layer.Input.Channels, (term, ic) =>
                {
                    term.Unroll("t", outs, (at, t) => at.Set(new Register("weight", t), Load(
                        operation.Weights.Buffer, product * operation.Weights.Pitch + ic * pitch + (v + t) * lanes)));
                    term.Unroll("i", count, (column, i) =>
                    {
                        var x = new Register("x");
                        column.Set(x, Broadcast(operation.Input.Buffer, product * operation.Input.Pitch + (tile + i) * inPitch + ic));
                        column.Unroll("t", outs, (at, t) => at.Set(Sum(t, i), MultiplyAdd(x, new Register("weight", t), Sum(t, i))));
                    });
                });
                inner.Unroll("t", outs, (row, t) => row.Unroll("i", count, (at, i) => at.Store(
                    operation.Output.Buffer, product * operation.Output.Pitch + (tile + i) * pitch + (v + t) * lanes, Sum(t, i))));
            })));
        return block.Statements;

        static Register Sum(Affine t, Affine i) => new("sum", t, i);
    }

    /// <summary>y = Out * output * Out' + bias.</summary>
    public static EquatableArray<Statement> Output(ImageWinograd operation, Target target)
    {
        var (tiles, y) = (operation.Tiles, operation.Y);
        int lanes = target.Lanes, pitch = y.ColumnPitch;
        var block = new Block();
        block.For("down", tiles.TileRows, (line, down) => line.For("across", tiles.TileColumns, (tile, across) =>
            tile.For("v", pitch / lanes, (body, v) => Winograd.Transform(
                body, tiles.Rows.Out, tiles.Columns.Out, operation.Scratch, lanes,
                (i, j) => Load(operation.Output.Buffer,
                    (i * tiles.Columns.Size + j) * operation.Output.Pitch + (down * tiles.TileColumns + across) * pitch + v * lanes),
                (at, i, j, value) =>
                {
                    Affine row = down * tiles.Rows.Outputs + i, column = across * tiles.Columns.Outputs + j;
                    at.Store(y, v * lanes, row, column, Expressions.Write(
                        at, operation.Outlet, value + Load(operation.Bias, v * lanes), v * lanes, row, column, channelsInLanes: true));
                }))));
        return block.Statements;
    }

    /// <summary>result[product][ic][oc] = source[product][oc*ic].</summary>
    public static EquatableArray<Statement> Weights(ImageSpectra operation)
    {
        int outs = operation.Layer.Output.Channels, ins = operation.Layer.Input.Channels;
        var block = new Block();
        block.For("product", operation.Source.Buffer.Length / operation.Source.Pitch, (outer, product) =>
            outer.For("ic", ins, (inner, ic) => inner.For("oc", outs, (at, oc) => at.Move(
                operation.Source.Buffer, product * operation.Source.Pitch + oc * ins + ic,
                operation.Result.Buffer, product * operation.Result.Pitch + ic * operation.OutPitch + oc))));
        return block.Statements;
    }
}
