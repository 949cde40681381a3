using StaticCnn.Generator.Kernels.Ir;
using StaticCnn.Generator.Plan;
using static StaticCnn.Generator.Kernels.Ir.Values;

namespace StaticCnn.Generator.Kernels;

/// <summary>Formulas, and sums of formulas.</summary>
internal static class PointwiseKernels
{
    public static EquatableArray<Statement> Each(PointwiseOperation operation, Target target)
    {
        var y = operation.Y;
        var block = new Block();
        ForEachChannel(block, y.Channels, operation.ChannelsInLanes, target, (channel, c) =>
        {
            var value = Expressions.Hoisted(channel, operation.Value, operation.ChannelsInLanes, c);
            channel.For("h", y.Height, (line, h) => line.For("w", y.Width, (at, w) => at.Store(y, c, h, w, value.At(at, null, c, h, w))));
        });
        return block.Statements;
    }

    /// <summary>y[c] = outlet(sum over h, w of x[c][h][w]).</summary>
    public static EquatableArray<Statement> PixelSum(PixelSumOperation operation, Target target)
    {
        var block = new Block();
        var sum = new Register("sum");
        ForEachChannel(block, operation.Pixels.Channels, operation.ChannelsInLanes, target, (channel, c) =>
        {
            Accumulate(channel, operation.X, operation.Pixels, operation.ChannelsInLanes, c, sum);
            channel.Store(operation.Y, c, 0, 0, Expressions.Write(channel, operation.Outlet, sum, c, 0, 0, operation.ChannelsInLanes));
        });
        return block.Statements;
    }

    /// <summary>result[c] = sum over h, w and the lanes of x[c][h][w].</summary>
    public static EquatableArray<Statement> BatchSum(BatchSumOperation operation, Target target)
    {
        var block = new Block();
        var sum = new Register("sum");
        ForEachChannel(block, operation.Pixels.Channels, channelsInLanes: false, target, (channel, c) =>
        {
            Accumulate(channel, operation.X, operation.Pixels, channelsInLanes: false, c, sum);
            channel.StoreSum(operation.Result, c, sum);
        });
        return block.Statements;
    }

    /// <summary>A formula of values of the batch, a vector of channels at a time.</summary>
    public static EquatableArray<Statement> Batch(BatchPointwise operation, Target target)
    {
        var block = new Block();
        block.For("v", View.RoundUp(operation.Channels, 16) / target.Lanes, (at, v) => at.Store(
            operation.Result, v * target.Lanes, Expressions.Write(at, operation.Value, null, v * target.Lanes, 0, 0, channelsInLanes: true)));
        return block.Statements;
    }

    /// <summary>result[row][i] = weight[row][i] * scale[row].</summary>
    public static EquatableArray<Statement> ScaleRows(ScaleRows operation, Target target)
    {
        var (pitch, block) = (operation.Pitch, new Block());
        block.For("row", operation.Rows, (line, row) =>
        {
            var scale = new Register("scale");
            line.Set(scale, Broadcast(operation.Scale, row));
            if (pitch % 16 == 0)
            {
                line.For("v", pitch / target.Lanes, (at, v) => at.Store(operation.Result, row * pitch + v * target.Lanes, Load(operation.Weight, row * pitch + v * target.Lanes) * scale));
            }
            else
            {
                // Float by float: a sum over lanes that all hold the same is exact.
                line.For("i", pitch, (at, i) => at.StoreSum(operation.Result, row * pitch + i, Broadcast(operation.Weight, row * pitch + i) * scale * (1f / target.Lanes)));
            }
        });
        return block.Statements;
    }

    public static void ForEachChannel(Block block, int channels, bool channelsInLanes, Target target, Action<Block, Affine> body)
    {
        if (channelsInLanes) block.For("v", View.RoundUp(channels, target.Lanes) / target.Lanes, (at, v) => body(at, v * target.Lanes));
        else block.For("c", channels, body);
    }

    private static void Accumulate(Block channel, Expression x, Shape pixels, bool channelsInLanes, Affine c, Register sum)
    {
        var value = Expressions.Hoisted(channel, x, channelsInLanes, c);
        channel.Set(sum, 0f);
        channel.For("h", pixels.Height, (line, h) => line.For("w", pixels.Width, (at, w) => at.Set(sum, sum + value.At(at, null, c, h, w))));
    }
}
