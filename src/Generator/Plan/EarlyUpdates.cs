namespace StaticCnn.Generator.Plan;

/// <summary>
/// The updates that need not wait for the end of the shards, because they concern linear layers alone: whoever has finished
/// its shards takes them while others still work on theirs.
/// </summary>
/// <param name="Operations">The first so many operations of the update.</param>
/// <param name="AfterStep">Steps of every shard that must have run: no later one touches what these operations use.</param>
internal sealed record EarlyUpdates(int Operations, int AfterStep)
{
    public static EarlyUpdates Of(Program shard, Program update, int lastPhase = 0)
    {
        var early = update.Operations.TakeWhile(operation => operation is LinearUpdate or LinearBiasUpdate).ToList();
        var used = early.SelectMany(operation => Used(operation)).ToList();
        int last = Enumerable.Range(0, shard.Operations.Count)
            .Where(i => shard.Operations[i].Buffers.Any(buffer => used.Any(other => Overlap(buffer, other)))).DefaultIfEmpty(-1).Last();
        return new EarlyUpdates(early.Count, Math.Max(last + 1, lastPhase));
    }

    /// <summary>All that an update reads or writes, but for the scalars, which nobody writes while a step runs.</summary>
    private static IEnumerable<Buffer> Used(Operation operation) => operation switch
    {
        LinearUpdate op => op.Buffers.Where(buffer => buffer != op.Scalars).Append(op.Weight.In(Space.Parameters)),
        LinearBiasUpdate op => op.Buffers.Where(buffer => buffer != op.Scalars).Append(op.Bias.In(Space.Parameters)),
        _ => throw new InvalidOperationException($"{operation.Name} is no linear layer's update."),
    };

    private static bool Overlap(Buffer one, Buffer other) =>
        one.Root == other.Root && one.RootOffset < other.RootOffset + other.TotalLength && other.RootOffset < one.RootOffset + one.TotalLength;
}
