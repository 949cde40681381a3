using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace StaticCnn.Fuzz;

/// <summary>Damages inputs: bits, numbers of two to eight bytes and as text, pieces removed, doubled, exchanged, and words of the format.</summary>
internal sealed class Mutator(Random random, string[] words)
{
    private static readonly long[] Numbers =
    [
        0, 1, 2, 3, 4, 7, 8, 16, 27, 28, 32, 64, 100, 127, 128, 255, 256, 784, 785, 1000, 32767, 32768, 65535, 65536, 1 << 20, int.MaxValue,
        1L << 31, uint.MaxValue, 1L << 32, 1L << 40, long.MaxValue, -1, -2, -128, int.MinValue, long.MinValue,
    ];

    /// <summary>An input damaged in one place or several.</summary>
    /// <param name="input">It stays as it is.</param>
    /// <param name="other">Another one, to take pieces from.</param>
    /// <param name="most">Bytes that the result has at most.</param>
    public byte[] Damage(byte[] input, byte[] other, int most)
    {
        var bytes = new List<byte>(input);
        for (int changes = 1 << random.Next(4); changes > 0; changes--) Change(bytes, other);
        return bytes.Count <= most ? [.. bytes] : [.. bytes[..most]];
    }

    private void Change(List<byte> bytes, byte[] other)
    {
        int at = random.Next(bytes.Count + 1), length = Math.Min(random.Next(1, 33), bytes.Count - at);
        switch (random.Next(11))
        {
            case 0 when at < bytes.Count: bytes[at] ^= (byte)(1 << random.Next(8)); break;
            case 1 when at < bytes.Count: bytes[at] = (byte)random.Next(256); break;
            case 2 when at < bytes.Count: bytes[at] += (byte)random.Next(-8, 9); break;
            case 3: WriteNumber(bytes, at); break;
            case 4: bytes.RemoveRange(at, length); break;
            case 5: bytes.RemoveRange(at, bytes.Count - at); break;
            case 6: bytes.InsertRange(at, bytes.GetRange(at, length)); break;
            case 7: bytes.Insert(at, (byte)random.Next(256)); break;
            case 8: Splice(bytes, at, other); break;
            case 9 when words.Length > 0: bytes.InsertRange(at, Encoding.UTF8.GetBytes(words[random.Next(words.Length)])); break;
            case 10: ReplaceText(bytes, at); break;
        }
    }

    /// <summary>An interesting number, in either order, often where a field of a header would be.</summary>
    private void WriteNumber(List<byte> bytes, int at)
    {
        int width = 2 << random.Next(3);
        if (random.Next(2) == 0) at = Math.Min(at, 32) / width * width;
        if (at + width > bytes.Count) return;
        Span<byte> number = stackalloc byte[8];
        long value = Numbers[random.Next(Numbers.Length)];
        BinaryPrimitives.WriteInt64LittleEndian(number, value);
        bool bigEndian = random.Next(2) == 0;
        for (int i = 0; i < width; i++) bytes[at + i] = number[bigEndian ? width - 1 - i : i];
    }

    private void Splice(List<byte> bytes, int at, byte[] other)
    {
        int from = random.Next(other.Length + 1), length = Math.Min(random.Next(1, 65), other.Length - from);
        if (random.Next(2) == 0) bytes.RemoveRange(at, Math.Min(length, bytes.Count - at));
        bytes.InsertRange(at, other.AsSpan(from, length).ToArray());
    }

    /// <summary>The number in the text at or after a place becomes another.</summary>
    private void ReplaceText(List<byte> bytes, int at)
    {
        int start = at;
        while (start < bytes.Count && !char.IsAsciiDigit((char)bytes[start])) start++;
        int end = start;
        while (end < bytes.Count && char.IsAsciiDigit((char)bytes[end])) end++;
        if (start == end) return;
        bytes.RemoveRange(start, end - start);
        bytes.InsertRange(start, Encoding.ASCII.GetBytes(Numbers[random.Next(Numbers.Length)].ToString(CultureInfo.InvariantCulture)));
    }
}
