namespace StaticCnn;

/// <summary>The order in which an epoch visits the images.</summary>
public static class Shuffle
{
    /// <summary>
    /// Fills <paramref name="order"/> with 0 to n-1 in random order, every order equally likely, the same for the same
    /// seed and epoch. Allocates nothing.
    /// </summary>
    /// <param name="order">Receives the n indices.</param>
    /// <param name="seed">The training's seed.</param>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The epoch is negative.</exception>
    public static void Fill(Span<int> order, ulong seed, int epoch)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        var random = new CounterRandom(seed, RandomStream.Epoch + (uint)epoch);
        ulong counter = 0;
        for (int i = 0; i < order.Length; i++)
        {
            int j = (int)Below((uint)i + 1, random, ref counter);
            order[i] = order[j];
            order[j] = i;
        }
    }

    /// <summary>Uniform in [0,bound), without the bias of a remainder (Lemire 2019): rejected draws cost one more counter.</summary>
    private static uint Below(uint bound, CounterRandom random, ref ulong counter)
    {
        uint rejected = (uint)(-(int)bound) % bound;
        while (true)
        {
            ulong product = (random.UInt64(counter++) >> 32) * bound;
            if ((uint)product >= rejected) return (uint)(product >> 32);
        }
    }
}
