using System.Runtime.InteropServices;
using SharpFuzz.Common;

namespace StaticCnn.Fuzz;

/// <summary>The branches that one execution took, as AFL counts them: for each pair of blocks a counter, told apart by magnitude.</summary>
internal static unsafe class Coverage
{
    /// <summary>The size of the map that the instrumented code assumes.</summary>
    public const int Size = 1 << 16;

    private static readonly byte* Map = (byte*)NativeMemory.AllocZeroed(Size);

    /// <summary>Gives the instrumented code a place to count; it crashes without one.</summary>
    public static void Connect() => Trace.SharedMem = Map;

    /// <summary>Before an execution.</summary>
    public static void Clear()
    {
        new Span<byte>(Map, Size).Clear();
        Trace.PrevLocation = 0;
    }

    /// <summary>The counters since <see cref="Clear"/>.</summary>
    public static ReadOnlySpan<byte> Counters => new(Map, Size);
}

/// <summary>What all executions of a target have covered together.</summary>
internal sealed class Covered
{
    private readonly byte[] _seen = new byte[Coverage.Size];

    /// <summary>Pairs of blocks, one after the other, that were ever taken.</summary>
    public int Edges { get; private set; }

    /// <summary>Adds an execution.</summary>
    /// <returns>Whether it took an edge, or a number of times that it took one, that was not seen before.</returns>
    public bool Add(ReadOnlySpan<byte> counters)
    {
        bool isNew = false;
        var words = MemoryMarshal.Cast<byte, ulong>(counters);
        for (int word = 0; word < words.Length; word++)
        {
            if (words[word] == 0) continue;
            for (int i = 8 * word; i < 8 * word + 8; i++)
            {
                byte magnitude = Magnitude(counters[i]);
                if ((magnitude & ~_seen[i]) == 0) continue;
                if (_seen[i] == 0) Edges++;
                _seen[i] |= magnitude;
                isNew = true;
            }
        }
        return isNew;
    }

    /// <summary>AFL's classes: 1, 2, 3, 4-7, 8-15, 16-31, 32-127, 128 and more, a bit for each.</summary>
    private static byte Magnitude(byte count) => count switch
    {
        0 => 0,
        1 => 1,
        2 => 2,
        3 => 4,
        < 8 => 8,
        < 16 => 16,
        < 32 => 32,
        < 128 => 64,
        _ => 128,
    };
}
