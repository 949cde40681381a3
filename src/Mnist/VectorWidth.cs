using System.Runtime.Intrinsics;

namespace StaticCnn.Mnist;

/// <summary>The width of the vectors that generated kernels compute with on this machine.</summary>
internal static class VectorWidth
{
    /// <summary>512, 256 or 128 bits; the widest that the runtime accelerates.</summary>
    public static int Bits =>
        Vector512.IsHardwareAccelerated ? 512 :
        Vector256.IsHardwareAccelerated ? 256 : 128;
}
