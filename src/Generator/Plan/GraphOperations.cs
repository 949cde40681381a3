namespace StaticCnn.Generator.Plan;

/// <summary>A formula, value by value.</summary>
internal sealed record PointwiseOperation(string Name, View Y, Expression Value, bool ChannelsInLanes) : Operation(Name)
{
    public override IEnumerable<Buffer> Buffers => Value.Buffers.Append(Y.Buffer);
}

/// <summary>The sum of each channel over rows and columns, and what becomes of it.</summary>
internal sealed record PixelSumOperation(string Name, Shape Pixels, Expression X, View Y, bool ChannelsInLanes) : Operation(Name)
{
    public override IEnumerable<Buffer> Buffers => X.Buffers.Concat(Expression.BuffersOf(Outlet)).Append(Y.Buffer);
}

/// <summary>A shard's part of the sum of each channel over rows, columns and images.</summary>
internal sealed record BatchSumOperation(string Name, Shape Pixels, Expression X, Buffer Result) : Operation(Name)
{
    public override IEnumerable<Buffer> Buffers => X.Buffers.Append(Result);
}

/// <summary>A shard's mean of each channel, and behind it the sum of squares of what is apart from it.</summary>
internal sealed record MomentsOperation(string Name, View X, Buffer Result, Buffer Shard) : Operation(Name)
{
    public override IEnumerable<Buffer> Buffers => [X.Buffer, Result, Shard];
}

/// <summary>The shards' sums together, in shard order.</summary>
internal sealed record GatherSum(string Name, Buffer Parts, int Shards, Buffer Result, int Channels) : Operation(Name)
{
    public override IEnumerable<Buffer> Buffers => [Parts, Result];
}

/// <summary>The shards' moments together, in shard order, by Chan's formula.</summary>
internal sealed record GatherMoments(
    string Name, Buffer Parts, Buffer ShardLines, Buffer Totals, int Shards, Buffer Mean, Buffer Variance, int Channels, int Pixels) : Operation(Name)
{
    public override IEnumerable<Buffer> Buffers => [Parts, ShardLines, Totals, Mean, Variance];
}

/// <summary>A formula of values of the batch, [C].</summary>
internal sealed record BatchPointwise(string Name, Buffer Result, int Channels, Expression Value) : Operation(Name)
{
    public override IEnumerable<Buffer> Buffers => Value.Buffers.Append(Result);
}

/// <summary>A weight [rows of pitch floats] with each row times its scale.</summary>
internal sealed record ScaleRows(string Name, Buffer Weight, int Rows, int Pitch, Buffer Scale, Buffer Result) : Operation(Name)
{
    public override IEnumerable<Buffer> Buffers => [Weight, Scale, Result];
}

/// <summary>Pooling with any window; the places of a window outside the image do not count.</summary>
internal sealed record WindowOperation(
    string Name, Window Window, bool IsMax, bool CountsPadding, View X, View Y, View? Winner, bool ChannelsInLanes) : Operation(Name)
{
    public override IEnumerable<Buffer> Buffers => Of(X.Buffer, Y.Buffer, Winner?.Buffer).Concat(Expression.BuffersOf(Outlet));
}

internal sealed record WindowGradient(
    string Name, Window Window, bool IsMax, bool CountsPadding, View Gradient, View? Winner, View Result) : Operation(Name)
{
    public override IEnumerable<Buffer> Buffers => Of(Gradient.Buffer, Winner?.Buffer, Result.Buffer);
}

/// <summary>A value into some channels of another, one image: from <paramref name="First"/> on.</summary>
internal sealed record ImageChannels(string Name, View X, View Y, int First) : Operation(Name)
{
    public override IEnumerable<Buffer> Buffers => [X.Buffer, Y.Buffer];
}

/// <summary>An image as a vector, channel by channel: one image.</summary>
internal sealed record ImageFlatten(string Name, View X, View Y) : Operation(Name)
{
    public override IEnumerable<Buffer> Buffers => [X.Buffer, Y.Buffer];
}

/// <summary>A convolution of each channel by itself, one image, with weights [kh][kw][c].</summary>
internal sealed record ImageDepthwise(string Name, Layers.Conv2d Layer, View X, Buffer Weight, Buffer Bias, View Y, int Columns) : Operation(Name)
{
    public override IEnumerable<Buffer> Buffers => Of(X.Buffer, Weight, Bias, Y.Buffer).Concat(Expression.BuffersOf(Outlet));

    public override long MultiplyAdds => Layer.MultiplyAdds;
}

/// <summary>The weight gradient of a convolution of each channel by itself.</summary>
internal sealed record DepthwiseWeightGradient(string Name, Layers.Conv2d Layer, View X, View Gradient, Buffer Result) : Operation(Name)
{
    public override IEnumerable<Buffer> Buffers => [X.Buffer, Gradient.Buffer, Result];

    public override long MultiplyAdds => Layer.MultiplyAdds;
}

/// <summary>The running statistics of a normalisation follow the batch's.</summary>
internal sealed record StatisticsUpdate(
    string Name, Buffer Parts, Buffer ShardLines, Buffer Totals, int Shards, Buffer? Mean, Buffer? Variance, Buffer? Count, int Channels, int Pixels,
    float Momentum) : Operation(Name)
{
    public override IEnumerable<Buffer> Buffers => Of(Parts, ShardLines, Totals, Mean, Variance, Count);
}

/// <summary>What a step says of its batch: which lanes of a shard hold an image, and how many images there are.</summary>
internal static class BatchCounts
{
    /// <summary>Floats of a shard's line: a mask of 16 lanes, and behind it the numbers below.</summary>
    public const int LineLength = 32;

    /// <summary>1 / images of the shard, or 0; its share of the images up to it; and images before it * its own / both together.</summary>
    public const int Reciprocal = 16, Fraction = 17, Cross = 18;

    /// <summary>1 / images of the batch, and their number.</summary>
    public const int ImagesReciprocal = 0, Images = 1;

    public static Buffer Lines(int shards) => new("shardLines", Space.Batch, LineLength, shards, Keeps: true);

    public static Buffer Totals => new("batchTotals", Space.Batch, 16, Keeps: true);
}
