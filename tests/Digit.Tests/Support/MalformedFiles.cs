using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace StaticCnn.Digit.Tests.Support;

/// <summary>Files that are wrong in 200 ways.</summary>
internal static class MalformedFiles
{
    /// <summary>Names and contents.</summary>
    public static IEnumerable<(string Name, byte[] Content)> All()
    {
        foreach (var item in Texts()) yield return item;
        foreach (var item in Idx()) yield return item;
        foreach (var item in Maps()) yield return item;
        foreach (var item in CutShort()) yield return item;
        foreach (var item in Uniform()) yield return item;
    }

    private static IEnumerable<(string, byte[])> Texts()
    {
        string[] texts =
        [
            "", "7", "\n", "hello", "P", "P5", "P9 3 3 255 aaaaaaaaa", "P7\nWIDTH 3\n", "<svg/>", "{\"digit\":7}", "%PDF-1.7", "GIF", "BM", "RIFF",
            "RIFF1234WAVEfmt ", "RIFF1234WEBP", "GIF89a", "\u0089PNG", "#!/bin/sh\n", "\u007fELF", "PK\u0003\u0004", "0,0,0,255,0", "ÿØÿ",
        ];
        for (int i = 0; i < texts.Length; i++) yield return ($"text{i}", Encoding.Latin1.GetBytes(texts[i]));
        foreach (int length in (int[])[1, 2, 3, 4, 783, 785, 3136, 65_536])
        {
            yield return ($"zeros{length}", new byte[length]);
            yield return ($"ones{length}", [.. Enumerable.Repeat((byte)1, length)]);
            byte[] noise = new byte[length];
            new Random(length).NextBytes(noise);
            noise[0] = 0x42;
            yield return ($"noise{length}", noise);
        }
    }

    private static IEnumerable<(string, byte[])> Idx()
    {
        uint[] sizes = [0, 1, 27, 29, 65_535, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF];
        foreach (uint size in sizes)
        {
            yield return ($"idx-count-{size}", Idx(0x803, size, 28, 28));
            yield return ($"idx-height-{size}", Idx(0x803, 2, size, 28));
            yield return ($"idx-width-{size}", Idx(0x803, 2, 28, size));
        }
        foreach (uint channels in (uint[])[0, 2, 4, 5, 255]) yield return ($"idx-channels-{channels}", Idx(0x804, 1, channels, 28, 28, body: (int)channels * 784));
        foreach (uint magic in (uint[])[0x800, 0x801, 0x802, 0x805, 0x8FF, 0x903, 0xD03, 0x1803]) yield return ($"idx-magic-{magic:X}", Idx(magic, 2, 28, 28));
        yield return ("idx-long", [.. Idx(0x803, 1, 28, 28, body: 784), 0]);
        byte[] packed = Pack(Idx(0x803, 2, 28, 28, body: 2 * 784));
        foreach (int length in (int[])[2, 5, 10, 20, packed.Length / 2, packed.Length - 9]) yield return ($"gz-cut-{length}", packed[..length]);
        for (int at = 12; at < 18; at++) yield return ($"gz-flipped-{at}", [.. packed[..at], (byte)~packed[at], .. packed[(at + 1)..]]);
        yield return ("gz-twice", Pack(packed));
        yield return ("gz-empty", Pack([]));
        yield return ("gz-bomb", Pack(Idx(0x803, 0x7FFF_FFFF, 28, 28)));
    }

    private static IEnumerable<(string, byte[])> Maps()
    {
        string[] headers =
        [
            "P5", "P5 ", "P5 x", "P5 0 0 255 ", "P5 0 5 255 ", "P5 5 0 255 ", "P5 -1 5 255 ", "P5 5 5 0 ", "P5 5 5 65536 ", "P5 5 5 x ", "P5 5 5 255", "P5 5 5 255 ",
            "P5 2147483647 2147483647 255 ", "P5 2147483648 1 255 ", "P5 99999999999999999999 1 255 ", "P5 1 2147483648 255 ", "P5 # no end", "P5 5 5 255 abcd",
            "P5 2 2 65535 abc", "P4 0 1 ", "P4 9 2 abc", "P4 2147483647 1 a", "P6 2 2 255 abcdefghijk", "P6 1 1 300 abc", "P1 2 2 1 0 1", "P1 2 2 1 0 1 2", "P1 2 2 abcd",
            "P2 2 2 255 1 2 3", "P2 2 2 255 1 2 3 256", "P2 2 2 255 1 2 3 -4", "P2 2 2 255 1 2 3 x", "P3 1 1 255 1 2", "P3 1 1 255 1 2 300", "P2 2 2 9 1 2 3 10", "P5 2 2 9 zzzz",
        ];
        for (int i = 0; i < headers.Length; i++) yield return ($"map{i}", Encoding.ASCII.GetBytes(headers[i]));
    }

    private static IEnumerable<(string, byte[])> CutShort()
    {
        foreach (string kind in (string[])["PNG", "JPEG", "WebP", "BMP", "PGM", "PBM", "16-bit", "palette"])
        {
            byte[] whole = DrawnFiles.Kinds[kind](8);
            foreach (double part in (double[])[0.01, 0.1, 0.3, 0.6]) yield return ($"cut-{kind}-{part}", whole[..Math.Max(12, (int)(part * whole.Length))]);
        }
        // The header's sizes of a PNG; its checksum no longer fits, as in any damaged file.
        foreach (uint size in (uint[])[0, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF])
        {
            byte[] png = DrawnFiles.Kinds["PNG"](8);
            BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(16), size);
            yield return ($"png-width-{size}", png);
            byte[] bmp = DrawnFiles.Kinds["BMP"](8);
            BinaryPrimitives.WriteUInt32LittleEndian(bmp.AsSpan(18), size);
            yield return ($"bmp-width-{size}", bmp);
        }
    }

    private static IEnumerable<(string, byte[])> Uniform()
    {
        yield return ("raw-black", new byte[784]);
        yield return ("raw-white", [.. Enumerable.Repeat((byte)255, 784)]);
        yield return ("idx-black", Idx(0x803, 1, 28, 28, body: 784));
        foreach (int side in (int[])[1, 2, 28, 100, 2000])
        {
            byte[] grey = new byte[side * side];
            foreach (byte value in (byte[])[0, 128, 255])
            {
                Array.Fill(grey, value);
                yield return ($"uniform-{side}-{value}", DrawnFiles.Pgm(side, side, (byte[])grey.Clone()));
            }
        }
        byte[] noise = new byte[300 * 300];
        new Random(1).NextBytes(noise);
        yield return ("only-noise", DrawnFiles.Pgm(300, 300, noise));
        byte[] slope = [.. Enumerable.Range(0, 300 * 300).Select(i => (byte)(i % 300 * 255 / 299))];
        yield return ("only-light", DrawnFiles.Pgm(300, 300, slope));
    }

    private static byte[] Idx(uint magic, uint a, uint b, uint c, uint? d = null, int body = 100)
    {
        uint[] numbers = d is { } last ? [magic, a, b, c, last] : [magic, a, b, c];
        byte[] file = new byte[4 * numbers.Length + body];
        for (int i = 0; i < numbers.Length; i++) BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(4 * i), numbers[i]);
        return file;
    }

    private static byte[] Pack(byte[] content)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(content);
        return packed.ToArray();
    }
}
