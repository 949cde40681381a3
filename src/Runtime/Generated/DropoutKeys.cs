using System.ComponentModel;
using System.Runtime.InteropServices;

namespace StaticCnn.Generated;

/// <summary>
/// The keys from which <see cref="DropoutLanes"/> draws a dropout layer's mask: one per image, 32 bits that depend on
/// seed, step, layer and image alone, so that the mask is the same however the work is shared out.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DropoutKeys
{
    /// <summary>Writes the keys of successive images, as bits in floats. Allocates nothing.</summary>
    /// <param name="keys">Receives one key per image.</param>
    /// <param name="seed">The trainer's seed.</param>
    /// <param name="step">Steps taken before this one.</param>
    /// <param name="firstImage">Index within the batch of the first image.</param>
    /// <param name="layer">The dropout layer's index in the network.</param>
    public static void Fill(Span<float> keys, ulong seed, long step, int firstImage, int layer)
    {
        var bits = MemoryMarshal.Cast<float, uint>(keys);
        for (int i = 0; i < bits.Length; i++) bits[i] = Key(seed, step, firstImage + i, layer);
    }

    /// <summary>The key of one image.</summary>
    public static uint Key(ulong seed, long step, int image, int layer)
    {
        ulong ofStep = new CounterRandom(seed, RandomStream.Dropout + (uint)layer).UInt64((ulong)step);
        return (uint)(new CounterRandom(ofStep, 0).UInt64((uint)image) >> 32);
    }
}
