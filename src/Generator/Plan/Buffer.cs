namespace StaticCnn.Generator.Plan;

/// <summary>The arenas in which buffers live, by who shares them.</summary>
internal enum Space
{
    /// <summary>The model's parameters, shared by all.</summary>
    Parameters,

    /// <summary>Adam's first moments, laid out as the parameters.</summary>
    FirstMoments,

    /// <summary>Adam's second moments, laid out as the parameters.</summary>
    SecondMoments,

    /// <summary>Weights transformed or repacked for a layout; made anew when the parameters change.</summary>
    Prepared,

    /// <summary>One per trainer: what the shards of a batch hand to the update.</summary>
    Batch,

    /// <summary>One per thread: what one shard needs while it is computed.</summary>
    Worker,

    /// <summary>One per shard: what a phase of a training step leaves for a later one of the same shard.</summary>
    Shard,

    /// <summary>The activations of one image.</summary>
    Image,
}

/// <summary>A run of floats in one of the spaces.</summary>
/// <param name="Name">Unique within its program; also the kernels' parameter name.</param>
/// <param name="Space">Where it lives.</param>
/// <param name="Length">Floats that may be addressed.</param>
/// <param name="Copies">Equal blocks of <paramref name="Length"/> floats one after another, one per shard; else 1.</param>
/// <param name="Keeps">
/// Whether its place must not be shared: something in it is written once, or never and read as zero (a border).
/// </param>
internal sealed record Buffer(string Name, Space Space, int Length, int Copies = 1, bool Keeps = false)
{
    /// <summary>The buffer of which this is a part, and where it starts in it.</summary>
    public Buffer? Parent { get; init; }

    public int ParentOffset { get; init; }

    /// <summary>Floats of all copies.</summary>
    public int TotalLength => Length * Copies;

    /// <summary>All copies as one buffer: how the update sees what the shards left.</summary>
    public Buffer Whole => this with { Length = TotalLength, Copies = 1, Parent = this, ParentOffset = 0 };

    /// <summary>A part of this buffer under its own name.</summary>
    public Buffer Part(string name, int offset, int length) =>
        new(name, Space, length, Copies, Keeps) { Parent = this, ParentOffset = offset };

    /// <summary>The buffer that the allocator placed.</summary>
    public Buffer Root => Parent is null ? this : Parent.Root;

    /// <summary>Floats from the root's start to this buffer's.</summary>
    public int RootOffset => Parent is null ? 0 : Parent.RootOffset + ParentOffset;

    /// <summary>Floats from one copy to the next.</summary>
    public int CopyPitch => Parent is null ? Length : Parent.CopyPitch;

    /// <summary>For messages; what a record prints by itself would follow <see cref="Whole"/> and <see cref="Root"/> for ever.</summary>
    public override string ToString() => FormattableString.Invariant($"{Name}: {Copies} x {Length} floats in {Space}");
}
