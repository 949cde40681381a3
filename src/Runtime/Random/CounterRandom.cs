using System.Runtime.CompilerServices;

namespace StaticCnn;

/// <summary>
/// Random numbers without state: each is a pure function of seed, stream and counter, so that any thread may draw
/// any number in any order. The numbers of one stream are SplitMix64's sequence, which passes BigCrush.
/// </summary>
public readonly struct CounterRandom
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    private readonly ulong _key;

    /// <summary>One stream of a seed; streams and seeds are independent of each other.</summary>
    public CounterRandom(ulong seed, ulong stream) => _key = Mix(Mix(seed + Golden) + stream);

    /// <summary>The number at <paramref name="counter"/>: 64 uniform bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong UInt64(ulong counter) => Mix(_key + (counter + 1) * Golden);

    /// <summary>The number at <paramref name="counter"/>, uniform in [0,1) in steps of 2^-24.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Single(ulong counter) => (UInt64(counter) >> 40) * (1f / (1 << 24));

    /// <summary>A bijection of 64 bits in which each input bit turns over about half of the output bits.</summary>
    private static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}

/// <summary>Which stream serves what, so that one seed can serve everything.</summary>
internal static class RandomStream
{
    /// <summary>Initial values, plus the parameter's index.</summary>
    public const ulong Parameter = 0;

    /// <summary>The order of an epoch, plus the epoch.</summary>
    public const ulong Epoch = 1UL << 32;

    /// <summary>A dropout layer's keys, plus the layer's index.</summary>
    public const ulong Dropout = 2UL << 32;
}
