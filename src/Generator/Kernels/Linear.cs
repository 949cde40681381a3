using StaticCnn.Generator.Kernels.Ir;
using StaticCnn.Generator.Plan;
using static StaticCnn.Generator.Kernels.Ir.Values;

namespace StaticCnn.Generator.Kernels;

/// <summary>Linear layers, batch in lanes: x [in], weight [out][in] with padded rows, y [out].</summary>
internal static class Linear
{
    /// <summary>y[o] = bias[o] + sum over i of weight[o][i] * x[i].</summary>
    public static EquatableArray<Statement> Forward(LinearForward operation)
    {
        var block = new Block();
        block.Split("o", operation.Layer.Output.Length, operation.Tile.Rows, (inner, o, outs) =>
        {
            inner.Unroll("t", outs, (at, t) => at.Set(Sum(t), operation.Bias is null ? 0f : Broadcast(operation.Bias, o + t)));
            WrittenOut(inner, "i", operation.Layer.Input.Length, 4, (body, i) =>
            {
                var x = new Register("x");
                body.Set(x, Load(operation.X, i, 0, 0));
                body.Unroll("t", outs, (at, t) => at.Set(Sum(t), MultiplyAdd(
                    x, Broadcast(operation.Weight, (o + t) * operation.WeightPitch + i), Sum(t))));
            });
            inner.Unroll("t", outs, (at, t) =>
            {
                Value y = operation.Relu ? Relu(Sum(t)) : Sum(t);
                if (operation.Dropout is { } dropout) y *= Dropout(dropout, o + t);
                at.Store(operation.Y, o + t, 0, 0, Expressions.Write(at, operation.Outlet, y, o + t, 0, 0));
            });
        });
        return block.Statements;
    }

    /// <summary>dx[i] = sum over o of weight[o][i] * dy[o].</summary>
    public static EquatableArray<Statement> InputGradient(LinearInputGradient operation)
    {
        var block = new Block();
        block.Split("i", operation.Layer.Input.Length, operation.Tile.Rows, (inner, i, ins) =>
        {
            inner.Unroll("t", ins, (at, t) => at.Set(Sum(t), 0f));
            inner.For("o", operation.Layer.Output.Length, (body, o) =>
            {
                var dy = new Register("dy");
                body.Set(dy, Load(operation.Gradient, o, 0, 0));
                body.Unroll("t", ins, (at, t) => at.Set(Sum(t), MultiplyAdd(
                    dy, Broadcast(operation.Weight, o * operation.WeightPitch + i + t), Sum(t))));
            });
            inner.Unroll("t", ins, (at, t) =>
                at.Store(operation.Result, i + t, 0, 0, operation.Outlet is null
                    ? Elementwise.Gated(operation.Gate, Sum(t), i + t, 0, 0)
                    : Expressions.Write(at, operation.Outlet, Sum(t), i + t, 0, 0)));
        });
        return block.Statements;
    }

    /// <summary>transposed[lane][i] = x[i][lane].</summary>
    public static EquatableArray<Statement> TransposeFeatures(TransposeFeatures operation, Target target)
    {
        var block = new Block();
        int blocks = View.RoundUp(operation.X.Channels, target.Lanes) / target.Lanes;
        block.For("i", blocks, (at, i) => at.Transpose(
            operation.X.Buffer, operation.X.Index(i * target.Lanes, 0, 0), target.Lanes,
            operation.Transposed, i * target.Lanes, operation.Pitch));
        return block.Statements;
    }

    /// <summary>
    /// dweight[o][i] = sum over the images n of dy[o][n] * x[n][i], for the rows of one block, then Adam. The images'
    /// inputs lie image by image here, so a vector holds neighbouring inputs and the sums come out as the weights lie.
    /// </summary>
    public static EquatableArray<Statement> Update(LinearUpdate operation, Target target)
    {
        var tile = operation.Tile;
        int pitch = operation.Weight.RowPitch;
        var first = Affine.Variable("block") * tile.Rows + operation.FirstRow;
        int vectors = View.RoundUp(operation.Layer.Input.Length, target.Lanes) / target.Lanes;
        var block = new Block();
        block.Split("v", vectors, tile.Columns, (inner, v, columns) =>
        {
            inner.Unroll("t", tile.Rows, (row, t) => row.Unroll("j", columns, (at, j) => at.Set(Cell(t, j), 0f)));
            inner.For("shard", operation.Shards, (shard, s) => shard.For("lane", target.Lanes, (image, lane) =>
            {
                image.Unroll("t", tile.Rows, (at, t) => at.Set(new Register("dy", t), Broadcast(
                    operation.Gradient.Buffer, s * operation.Gradient.Buffer.Parent!.CopyPitch + (first + t) * target.Lanes + lane)));
                image.Unroll("j", columns, (column, j) =>
                {
                    var x = new Register("x");
                    column.Set(x, Load(operation.Transposed, (s * target.Lanes + lane) * pitch + (v + j) * target.Lanes));
                    column.Unroll("t", tile.Rows, (at, t) => at.Set(Cell(t, j), MultiplyAdd(x, new Register("dy", t), Cell(t, j))));
                });
            }));
            inner.Unroll("t", tile.Rows, (row, t) => row.Unroll("j", columns, (at, j) =>
                Adam.Step(at, operation.Weight, operation.Scalars, (first + t) * pitch + (v + j) * target.Lanes, Cell(t, j))));
        });
        return block.Statements;

        static Register Cell(Affine t, Affine j) => new("sum", t, j);
    }

    /// <summary>dbias[o] = sum over the images of dy[o], then Adam.</summary>
    public static EquatableArray<Statement> BiasUpdate(LinearBiasUpdate operation, Target target)
    {
        var block = new Block();
        var sum = new Register("sum");
        block.For("o", operation.Layer.Output.Length, (output, o) =>
        {
            output.Set(sum, 0f);
            output.For("shard", operation.Shards, (shard, s) => shard.Set(sum, sum + Load(
                operation.Gradient.Buffer, s * operation.Gradient.Buffer.Parent!.CopyPitch + o * target.Lanes)));
            output.StoreSum(operation.Sums, o, sum);
        });
        block.For("v", operation.Bias.Length / target.Lanes, (at, v) =>
            Adam.Step(at, operation.Bias, operation.Scalars, v * target.Lanes, Load(operation.Sums, v * target.Lanes)));
        return block.Statements;
    }

    /// <summary>One image: y[out] as vectors of outputs, weight [position of in][out], each weight read once.</summary>
    public static EquatableArray<Statement> Image(ImageLinear operation, Target target)
    {
        var view = operation.X;
        int inputs = view.Height * view.RowPitch;
        int pitch = View.RoundUp(operation.Layer.Output.Length, target.Lanes);
        int vectors = pitch / target.Lanes;
        // Enough independent sums to hide the latency of a multiply-add, and few enough to stay in registers.
        int most = target.Registers / 2;
        var block = new Block();
        block.Split("v", vectors, most, (inner, v, width) =>
        {
            int ways = Math.Max(1, Math.Min(8 / width, inputs));
            inner.Unroll("k", ways, (way, k) => way.Unroll("t", width, (at, t) => at.Set(Cell(k, t), 0f)));
            inner.Unroll("t", width, (at, t) => at.Set(Cell(0, t), Load(operation.Bias, (v + t) * target.Lanes)));
            inner.For("i", inputs / ways, (body, i) => body.Unroll("k", ways, (way, k) => Add(way, i * ways + k, k)));
            for (int rest = inputs / ways * ways; rest < inputs; rest++) Add(inner, rest, 0);
            for (int k = 1; k < ways; k++)
            {
                int other = k;
                inner.Unroll("t", width, (at, t) => at.Set(Cell(0, t), Cell(0, t) + Cell(other, t)));
            }

            inner.Unroll("t", width, (at, t) => at.Store(operation.Y, (v + t) * target.Lanes, 0, 0, Expressions.Write(
                at, operation.Outlet, Cell(0, t), (v + t) * target.Lanes, 0, 0, channelsInLanes: true)));

            void Add(Block at, Affine i, Affine k)
            {
                var x = new Register("x");
                at.Set(x, Broadcast(view.Buffer, i));
                at.Unroll("t", width, (sum, t) => sum.Set(Cell(k, t), MultiplyAdd(
                    x, Load(operation.Weight, i * pitch + (v + t) * target.Lanes), Cell(k, t))));
            }
        });
        return block.Statements;

        static Register Cell(Affine k, Affine t) => new("sum", k, t);
    }

    private static Register Sum(Affine t) => new("sum", t);

    /// <summary>A loop whose body is written out several times, and what is left over after it.</summary>
    private static void WrittenOut(Block block, string variable, int extent, int times, Action<Block, Affine> body)
    {
        block.For(variable, extent / times, (loop, i) => loop.Unroll("k", times, (at, k) => body(at, i * times + k)));
        for (int rest = extent / times * times; rest < extent; rest++) body(block, rest);
    }
}
