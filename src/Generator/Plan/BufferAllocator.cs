namespace StaticCnn.Generator.Plan;

/// <summary>A buffer and the steps of its program between which it must keep its values.</summary>
internal sealed record Lifetime(Buffer Buffer, int First, int Last)
{
    public bool Overlaps(Lifetime other) =>
        Buffer.Keeps || other.Buffer.Keeps || (First <= other.Last && other.First <= Last);
}

/// <summary>Where a buffer was put.</summary>
internal sealed record Placement(Lifetime Lifetime, int Offset)
{
    public int End => Offset + Lifetime.Buffer.TotalLength;
}

/// <summary>The buffers of one space with their offsets.</summary>
internal sealed record Memory(EquatableArray<Placement> Placements)
{
    public int Length => Placements.Count == 0 ? 0 : Placements.Max(placement => placement.End);

    /// <summary>Floats from the space's start to the buffer's.</summary>
    public int OffsetOf(Buffer buffer) =>
        Placements.First(placement => placement.Lifetime.Buffer.Name == buffer.Root.Name).Offset + buffer.RootOffset;
}

internal static class BufferAllocator
{
    /// <summary>
    /// Places buffers so that none overlaps another whose lifetime meets its own: largest first, each at the lowest
    /// offset that is free. Offsets are multiples of 16 floats, one cache line.
    /// </summary>
    public static Memory Allocate(IEnumerable<Lifetime> lifetimes)
    {
        var placed = new List<Placement>();
        foreach (var lifetime in lifetimes.OrderByDescending(item => item.Buffer.TotalLength).ThenBy(item => item.Buffer.Name, StringComparer.Ordinal))
        {
            int offset = 0;
            foreach (var other in placed.Where(item => item.Lifetime.Overlaps(lifetime)).OrderBy(item => item.Offset))
            {
                if (offset + lifetime.Buffer.TotalLength <= other.Offset) break;
                offset = Math.Max(offset, View.RoundUp(other.End, 16));
            }

            placed.Add(new Placement(lifetime, offset));
            checked { _ = offset + lifetime.Buffer.TotalLength; }
        }

        return new Memory(placed.ToEquatableArray());
    }
}
