using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace StaticCnn.Generated;

/// <summary>
/// Transposes a square of floats with as many rows and columns as a vector has lanes, in squares of four by four:
/// square (r,c) lands at (c,r), transposed in itself.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class LaneTranspose
{
    /// <summary>4 x 4 floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Block128(ref float source, nint sourcePitch, ref float destination, nint destinationPitch)
    {
        var a = Vector128.LoadUnsafe(ref source);
        var b = Vector128.LoadUnsafe(ref Unsafe.Add(ref source, sourcePitch));
        var c = Vector128.LoadUnsafe(ref Unsafe.Add(ref source, 2 * sourcePitch));
        var d = Vector128.LoadUnsafe(ref Unsafe.Add(ref source, 3 * sourcePitch));
        var ac0 = UnpackLow(a, c);
        var ac1 = UnpackHigh(a, c);
        var bd0 = UnpackLow(b, d);
        var bd1 = UnpackHigh(b, d);
        UnpackLow(ac0, bd0).StoreUnsafe(ref destination);
        UnpackHigh(ac0, bd0).StoreUnsafe(ref Unsafe.Add(ref destination, destinationPitch));
        UnpackLow(ac1, bd1).StoreUnsafe(ref Unsafe.Add(ref destination, 2 * destinationPitch));
        UnpackHigh(ac1, bd1).StoreUnsafe(ref Unsafe.Add(ref destination, 3 * destinationPitch));
    }

    /// <summary>8 x 8 floats.</summary>
    public static void Block256(ref float source, nint sourcePitch, ref float destination, nint destinationPitch) =>
        Blocks(2, ref source, sourcePitch, ref destination, destinationPitch);

    /// <summary>16 x 16 floats.</summary>
    public static void Block512(ref float source, nint sourcePitch, ref float destination, nint destinationPitch) =>
        Blocks(4, ref source, sourcePitch, ref destination, destinationPitch);

    private static void Blocks(int count, ref float source, nint sourcePitch, ref float destination, nint destinationPitch)
    {
        for (nint row = 0; row < count; row++)
        {
            for (nint column = 0; column < count; column++)
            {
                Block128(
                    ref Unsafe.Add(ref source, (4 * row * sourcePitch) + (4 * column)), sourcePitch,
                    ref Unsafe.Add(ref destination, (4 * column * destinationPitch) + (4 * row)), destinationPitch);
            }
        }
    }

    /// <summary>a0 b0 a1 b1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> UnpackLow(Vector128<float> a, Vector128<float> b)
    {
        if (Sse.IsSupported) return Sse.UnpackLow(a, b);
        if (AdvSimd.Arm64.IsSupported) return AdvSimd.Arm64.ZipLow(a, b);
        return Vector128.Create(a[0], b[0], a[1], b[1]);
    }

    /// <summary>a2 b2 a3 b3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> UnpackHigh(Vector128<float> a, Vector128<float> b)
    {
        if (Sse.IsSupported) return Sse.UnpackHigh(a, b);
        if (AdvSimd.Arm64.IsSupported) return AdvSimd.Arm64.ZipHigh(a, b);
        return Vector128.Create(a[2], b[2], a[3], b[3]);
    }
}
