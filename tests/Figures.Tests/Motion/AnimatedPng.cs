using System.Buffers.Binary;
using System.Text;
using SkiaSharp;

namespace StaticCnn.Figures.Tests.Motion;

/// <summary>A reader of animated PNGs that knows nothing of the writer: it takes the chunks apart and has libpng decode each frame.</summary>
internal sealed class AnimatedPng
{
    private static readonly byte[] Signature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    private readonly byte[] _header;

    public AnimatedPng(byte[] file)
    {
        Assert.Equal(Signature, file[..8]);
        var frames = new List<(byte[] Control, List<byte> Data)>();
        byte[]? header = null;
        for (int at = 8; at < file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            string type = Encoding.ASCII.GetString(file, at + 4, 4);
            byte[] data = file[(at + 8)..(at + 8 + length)];
            Assert.Equal(Crc(file.AsSpan(at + 4, 4 + length)), BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8 + length)));
            Types.Add(type);
            if (type == "IHDR") header = data;
            if (type == "acTL") (Count, Plays) = (Int(data, 0), Int(data, 4));
            if (type == "fcTL") frames.Add((data, []));
            if (type is "fcTL" or "fdAT") Assert.Equal(_sequence++, Int(data, 0)); // One sequence for both.
            if (type == "IDAT") frames[^1].Data.AddRange(data);
            if (type == "fdAT") frames[^1].Data.AddRange(data[4..]);
            at += 12 + length;
        }
        _header = header!;
        (Width, Height) = (Int(_header, 0), Int(_header, 4));
        Frames = [.. frames.Select(frame => Read(frame.Control, [.. frame.Data]))];
    }

    private int _sequence;

    public List<string> Types { get; } = [];

    public int Count { get; }

    public int Plays { get; }

    public int Width { get; }

    public int Height { get; }

    /// <summary>What each frame adds, where, and for how many milliseconds.</summary>
    public (SKBitmap Pixels, int Left, int Top, int Milliseconds)[] Frames { get; }

    /// <summary>The pixels that one sees at a frame.</summary>
    public SKBitmap Seen(int frame)
    {
        var seen = new SKColor[Width * Height];
        foreach (var (bitmap, left, top, _) in Frames.Take(frame + 1))
        {
            var pixels = bitmap.Pixels;
            for (int i = 0; i < pixels.Length; i++)
            {
                Assert.True(pixels[i].Alpha is 0 or 255);
                if (pixels[i].Alpha == 255) seen[(top + i / bitmap.Width) * Width + left + i % bitmap.Width] = pixels[i];
            }
        }
        return new SKBitmap(new SKImageInfo(Width, Height, SKColorType.Rgba8888, SKAlphaType.Unpremul)) { Pixels = seen };
    }

    private (SKBitmap, int, int, int) Read(byte[] control, byte[] data)
    {
        byte[] header = [.. control[4..12], .. _header[8..]];
        using var file = new MemoryStream();
        file.Write(Signature);
        Write(file, "IHDR", header);
        Write(file, "IDAT", data);
        Write(file, "IEND", []);
        int unit = BinaryPrimitives.ReadUInt16BigEndian(control.AsSpan(22));
        var info = new SKImageInfo(Int(control, 4), Int(control, 8), SKColorType.Rgba8888, SKAlphaType.Unpremul);
        return (SKBitmap.Decode(file.ToArray(), info)!, Int(control, 12), Int(control, 16), BinaryPrimitives.ReadUInt16BigEndian(control.AsSpan(20)) * 1000 / unit);
    }

    private static void Write(Stream stream, string type, byte[] data)
    {
        byte[] chunk = [.. Encoding.ASCII.GetBytes(type), .. data];
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        stream.Write(number);
        stream.Write(chunk);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(chunk));
        stream.Write(number);
    }

    private static uint Crc(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        foreach (byte one in data)
        {
            crc ^= one;
            for (int bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320u);
        }
        return ~crc;
    }

    private static int Int(byte[] data, int at) => BinaryPrimitives.ReadInt32BigEndian(data.AsSpan(at));
}
