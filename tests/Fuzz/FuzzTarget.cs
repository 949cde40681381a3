namespace StaticCnn.Fuzz;

/// <summary>A reader of what comes from outside.</summary>
/// <param name="Name">What it reads.</param>
/// <param name="Percent">Its part of all executions.</param>
/// <param name="Seeds">Sound inputs.</param>
/// <param name="Read">Reads an input.</param>
internal sealed record FuzzTarget(string Name, int Percent, byte[][] Seeds, Action<byte[]> Read)
{
    /// <summary>The exceptions that are documented for it, whose messages are for the user.</summary>
    public Type[] Answers { get; init; } = [];

    /// <summary>Pieces of text that mean something to it.</summary>
    public string[] Words { get; init; } = [];

    /// <summary>Bytes of the longest input.</summary>
    public int MostInput { get; init; } = 4096;

    /// <summary>Bytes that an input of so many bytes may make it allocate.</summary>
    public Func<int, long> MostAllocated { get; init; } = length => (2 << 20) + 64L * length;

    /// <summary>Opens what is packed or sealed, so that the damage happens inside; null where an input cannot be opened.</summary>
    public Func<byte[], byte[]?> Open { get; init; } = input => input;

    /// <summary>Packs or seals again.</summary>
    public Func<byte[], byte[]> Close { get; init; } = input => input;
}

/// <summary>Something that no input should bring about.</summary>
internal sealed class Finding(FuzzTarget target, string problem, byte[] input)
    : Exception($"{target.Name}: {problem}\ninput, {input.Length} bytes: {Convert.ToHexString(input)}");
