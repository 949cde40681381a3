namespace StaticCnn.Mnist.Data.Procedural;

/// <summary>
/// A SplitMix64 stream of its own for every (seed, index). Only operations that IEEE 754 rounds exactly are used, here and
/// in all that draws a digit, so every machine draws the same bytes.
/// </summary>
internal struct DigitRandom
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private ulong _state;

    public static DigitRandom For(ulong seed, ulong index) => new() { _state = Mix(Mix(seed + Golden) + index * Golden) };

    /// <summary>Uniform in [0, 1).</summary>
    public float Uniform() => (Next() >> 40) * (1f / (1 << 24));

    /// <summary>Uniform in [low, high).</summary>
    public float Uniform(float low, float high) => low + (high - low) * Uniform();

    /// <summary>True with the given probability.</summary>
    public bool Chance(float probability) => Uniform() < probability;

    /// <summary>Uniform in 0 to <paramref name="count"/>-1.</summary>
    public int Below(int count) => (int)(((Next() >> 32) * (ulong)count) >> 32);

    /// <summary>
    /// Bell-shaped with mean 0 and standard deviation 1: the sum of four 16-bit uniforms. It needs no logarithm, and it
    /// ends at 3.5, so no digit is torn apart by one wild number.
    /// </summary>
    public float Normal()
    {
        ulong bits = Next();
        int sum = (int)(bits & 0xFFFF) + (int)((bits >> 16) & 0xFFFF) + (int)((bits >> 32) & 0xFFFF) + (int)(bits >> 48);
        return (sum - 2 * 65535) * (1.7320508f / 65536f);
    }

    private ulong Next() => Mix(_state += Golden);

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
