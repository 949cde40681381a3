using System.Runtime.InteropServices;

namespace StaticCnn.Page;

/// <summary>Floats on their way between C# and JavaScript: as their bytes, which cross in one copy.</summary>
internal static class Floats
{
    public static byte[] ToBytes(ReadOnlySpan<float> values) => MemoryMarshal.AsBytes(values).ToArray();

    public static ReadOnlySpan<float> Of(byte[] bytes) => MemoryMarshal.Cast<byte, float>(bytes);
}
