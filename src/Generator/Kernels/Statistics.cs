using StaticCnn.Generator.Kernels.Ir;
using StaticCnn.Generator.Plan;
using static StaticCnn.Generator.Kernels.Ir.Values;
using Buffer = StaticCnn.Generator.Plan.Buffer;

namespace StaticCnn.Generator.Kernels;

/// <summary>What shards leave of a batch's statistics, and how readers put it together: in shard order, whoever reads.</summary>
internal static class Statistics
{
    /// <summary>mean[c] over pixels and present lanes; behind the means the sums of squares of what is apart from them.</summary>
    public static EquatableArray<Statement> Moments(MomentsOperation operation)
    {
        var x = operation.X;
        int variances = View.RoundUp(x.Channels, 16);
        Register sum = new("sum"), present = new("present"), mean = new("mean"), apart = new("apart");
        var block = new Block();
        block.For("c", x.Channels, (channel, c) =>
        {
            channel.Set(present, Load(operation.Shard, 0));
            channel.Set(sum, 0f);
            channel.For("h", x.Height, (line, h) => line.For("w", x.Width, (at, w) => at.Set(sum, MultiplyAdd(Load(x, c, h, w), present, sum))));
            channel.StoreSum(operation.Result, c, sum * (1f / (x.Height * x.Width)) * Broadcast(operation.Shard, BatchCounts.Reciprocal));
            channel.Set(mean, Broadcast(operation.Result, c));
            channel.Set(sum, 0f);
            channel.For("row", x.Height, (line, h) => line.For("column", x.Width, (at, w) =>
            {
                at.Set(apart, (Load(x, c, h, w) - mean) * present);
                at.Set(sum, MultiplyAdd(apart, apart, sum));
            }));
            channel.StoreSum(operation.Result, c + variances, sum);
        });
        return block.Statements;
    }

    public static EquatableArray<Statement> Gather(GatherMoments operation, Target target)
    {
        var block = new Block();
        block.For("v", View.RoundUp(operation.Channels, 16) / target.Lanes, (at, v) =>
        {
            var index = v * target.Lanes;
            Chan(at, operation.Parts, operation.ShardLines, operation.Shards, operation.Channels, operation.Pixels, index);
            at.Store(operation.Mean, index, Mean);
            at.Store(operation.Variance, index, Squares * (1f / operation.Pixels) * Broadcast(operation.Totals, BatchCounts.ImagesReciprocal));
        });
        return block.Statements;
    }

    public static EquatableArray<Statement> Gather(GatherSum operation, Target target)
    {
        var sum = new Register("sum");
        int pitch = operation.Parts.Parent!.CopyPitch;
        var block = new Block();
        block.For("v", View.RoundUp(operation.Channels, 16) / target.Lanes, (at, v) =>
        {
            at.Set(sum, Load(operation.Parts, v * target.Lanes));
            at.For("shard", operation.Shards - 1, (part, s) => part.Set(sum, sum + Load(operation.Parts, v * target.Lanes + s * pitch + pitch)));
            at.Store(operation.Result, v * target.Lanes, sum);
        });
        return block.Statements;
    }

    /// <summary>running = (1 - momentum) * running + momentum * now, the variance unbiased; and a step more.</summary>
    public static EquatableArray<Statement> Update(StatisticsUpdate operation, Target target)
    {
        var block = new Block();
        Register values = new("values");
        block.For("v", View.RoundUp(operation.Channels, 16) / target.Lanes, (at, v) =>
        {
            var index = v * target.Lanes;
            Chan(at, operation.Parts, operation.ShardLines, operation.Shards, operation.Channels, operation.Pixels, index);
            if (operation.Mean is { } mean) at.Store(mean, index, Follow(Load(mean, index), Mean));
            if (operation.Variance is not { } variance) return;
            at.Set(values, Broadcast(operation.Totals, BatchCounts.Images) * (float)operation.Pixels);
            at.Store(variance, index, Follow(Load(variance, index), Squares / Max(values - 1f, 1f)));
        });
        if (operation.Count is { } count) block.StoreSum(count, 0, (Broadcast(count, 0) + 1f) * (1f / target.Lanes));
        return block.Statements;

        Value Follow(Value running, Value now) => MultiplyAdd(now, operation.Momentum, running * (1f - operation.Momentum));
    }

    private static readonly Register Mean = new("mean"), Squares = new("squares");

    /// <summary>Chan's formula: two groups' means and sums of squares as those of both.</summary>
    private static void Chan(Block at, Buffer parts, Buffer lines, int shards, int channels, int pixels, Affine index)
    {
        int pitch = parts.Parent!.CopyPitch, squares = View.RoundUp(channels, 16);
        var apart = new Register("apart");
        at.Set(Mean, Load(parts, index));
        at.Set(Squares, Load(parts, index + squares));
        at.For("shard", shards - 1, (part, s) =>
        {
            var (place, line) = (index + s * pitch + pitch, s * BatchCounts.LineLength + BatchCounts.LineLength);
            part.Set(apart, Load(parts, place) - Mean);
            part.Set(Mean, MultiplyAdd(apart, Broadcast(lines, line + BatchCounts.Fraction), Mean));
            part.Set(Squares, Squares + MultiplyAdd(apart * apart, Broadcast(lines, line + BatchCounts.Cross) * (float)pixels, Load(parts, place + squares)));
        });
    }
}
