using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StaticCnn.Generated;

/// <summary>
/// Dropout masks, batch in lanes: the factor of one unit for each image, 0 or <c>scale</c>, from a hash of the image's
/// key and the unit. Every width gives the same factors. A unit is an index into the layer's values, [C,H,W] or [n].
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DropoutLanes
{
    // Two rounds of xor-shift and multiply, with constants whose avalanche bias is low ("lowbias32").
    private const uint UnitStep = 0x9E3779B9, Multiplier1 = 0x7FEB352D, Multiplier2 = 0x846CA68B;

    /// <summary>The hash below which a value is dropped: probability * 2^32.</summary>
    /// <param name="probability">Probability of dropping a value, in [0,1).</param>
    public static uint Threshold(float probability) => (uint)(probability * 4294967296.0);

    /// <summary>The factor of a value that is kept: 1/(1-probability).</summary>
    /// <param name="probability">Probability of dropping a value, in [0,1).</param>
    public static float Kept(float probability) => 1 / (1 - probability);

    /// <summary>The factor of one unit of one image.</summary>
    /// <param name="key">The image's key, of <see cref="DropoutKeys"/>.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="threshold">Of <see cref="Threshold"/>.</param>
    /// <param name="scale">Of <see cref="Kept"/>.</param>
    public static float Scale(uint key, uint unit, uint threshold, float scale)
    {
        uint x = key + unit * UnitStep;
        x = (x ^ (x >> 16)) * Multiplier1;
        x = (x ^ (x >> 15)) * Multiplier2;
        x ^= x >> 16;
        return x >= threshold ? scale : 0;
    }

    /// <summary>The factors of one unit of 4 images; the parameters are as for one, the keys are bits in floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Scale(Vector128<float> keys, uint unit, uint threshold, float scale)
    {
        var x = keys.AsUInt32() + Vector128.Create(unit * UnitStep);
        x = (x ^ (x >>> 16)) * Multiplier1;
        x = (x ^ (x >>> 15)) * Multiplier2;
        x ^= x >>> 16;
        return Vector128.GreaterThanOrEqual(x, Vector128.Create(threshold)).AsSingle() & Vector128.Create(scale);
    }

    /// <summary>The factors of one unit of 8 images.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Scale(Vector256<float> keys, uint unit, uint threshold, float scale)
    {
        var x = keys.AsUInt32() + Vector256.Create(unit * UnitStep);
        x = (x ^ (x >>> 16)) * Multiplier1;
        x = (x ^ (x >>> 15)) * Multiplier2;
        x ^= x >>> 16;
        return Vector256.GreaterThanOrEqual(x, Vector256.Create(threshold)).AsSingle() & Vector256.Create(scale);
    }

    /// <summary>The factors of one unit of 16 images.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Scale(Vector512<float> keys, uint unit, uint threshold, float scale)
    {
        var x = keys.AsUInt32() + Vector512.Create(unit * UnitStep);
        x = (x ^ (x >>> 16)) * Multiplier1;
        x = (x ^ (x >>> 15)) * Multiplier2;
        x ^= x >>> 16;
        return Vector512.GreaterThanOrEqual(x, Vector512.Create(threshold)).AsSingle() & Vector512.Create(scale);
    }
}
