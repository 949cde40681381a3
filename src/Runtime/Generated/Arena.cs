using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace StaticCnn.Generated;

/// <summary>
/// A zeroed block of floats that starts on a 64-byte boundary and never moves: the one place where a network's
/// buffers live. Generated code addresses it by constant offsets that the plan has proved to lie inside.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class Arena
{
    private const int LineFloats = 64 / sizeof(float);

    private readonly float[] _floats;
    private readonly int _start;

    /// <summary>Allocates <paramref name="length"/> floats, all zero.</summary>
    public Arena(int length)
    {
        _floats = GC.AllocateArray<float>(checked(length + LineFloats), pinned: true);
        nuint address = (nuint)Marshal.UnsafeAddrOfPinnedArrayElement(_floats, 0);
        _start = (int)((0 - address) % 64 / sizeof(float));
        Length = length;
    }

    /// <summary>Floats in the arena.</summary>
    public int Length { get; }

    /// <summary>All of it.</summary>
    public Span<float> Span => _floats.AsSpan(_start, Length);

    /// <summary>The float at <paramref name="offset"/>, to be addressed from by kernels.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It lies outside.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref float At(int offset)
    {
        if ((uint)offset >= (uint)Length) ThrowOutside(offset); // Once per buffer of a kernel: nothing beside the kernel.
        return ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_floats), _start + offset);
    }

    private void ThrowOutside(int offset) =>
        throw new ArgumentOutOfRangeException(nameof(offset), offset, $"The memory has {Length} floats.");
}
