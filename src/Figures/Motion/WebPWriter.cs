using System.Buffers.Binary;
using System.Text;
using SkiaSharp;

namespace StaticCnn.Figures.Motion;

/// <summary>
/// Animated WebP, lossless but for what <see cref="Palette"/> rounds: frames in the RIFF chunks of Google's WebP container specification. Skia's own encoder of animations wants all
/// frames in memory at once, a gigabyte for a few hundred; this one keeps only what they come to when encoded.
/// </summary>
/// <param name="size">Pixels of a whole frame.</param>
internal sealed class WebPWriter(SKSizeI size) : IAnimationWriter
{
    private const byte HasAnimation = 0x02, HasAlpha = 0x10;
    private const byte DrawOverAndLeave = 0;

    /// <summary>For a lossless image the quality is the effort.</summary>
    private static readonly SKWebpEncoderOptions Options = new(SKWebpEncoderCompression.Lossless, quality: 50);

    private readonly MemoryStream _chunks = new();

    /// <inheritdoc/>
    public void Add(SKBitmap change, SKRectI place, TimeSpan duration)
    {
        if (_chunks.Length > 0) Palette.Reduce(change); // The first frame stays, in large parts, under all others.
        using var pixmap = change.PeekPixels();
        using var webp = pixmap.Encode(Options)!;
        var image = LosslessChunkOf(webp.AsSpan());
        byte[] frame = new byte[16 + image.Length];
        WriteInt24(frame, place.Left / 2);
        WriteInt24(frame.AsSpan(3), place.Top / 2);
        WriteInt24(frame.AsSpan(6), place.Width - 1);
        WriteInt24(frame.AsSpan(9), place.Height - 1);
        WriteInt24(frame.AsSpan(12), (int)duration.TotalMilliseconds);
        frame[15] = DrawOverAndLeave;
        image.CopyTo(frame.AsSpan(16));
        WriteChunk(_chunks, "ANMF", frame);
    }

    /// <inheritdoc/>
    public void WriteTo(Stream stream)
    {
        using var content = new MemoryStream();
        content.Write("WEBP"u8);
        Span<byte> header = stackalloc byte[10];
        header[0] = HasAnimation | HasAlpha;
        WriteInt24(header[4..], size.Width - 1);
        WriteInt24(header[7..], size.Height - 1);
        WriteChunk(content, "VP8X", header);
        WriteChunk(content, "ANIM", stackalloc byte[6]); // No background colour; plays: 0, for ever.
        _chunks.WriteTo(content);
        WriteChunk(stream, "RIFF", content.GetBuffer().AsSpan(0, (int)content.Length));
    }

    /// <summary>The chunk of the pixels, its header included, in the file of one image.</summary>
    private static ReadOnlySpan<byte> LosslessChunkOf(ReadOnlySpan<byte> webp)
    {
        for (var rest = webp[12..]; ;)
        {
            int length = 8 + Even(BinaryPrimitives.ReadInt32LittleEndian(rest[4..]));
            if (rest.StartsWith("VP8L"u8)) return rest[..length];
            rest = rest[length..];
        }
    }

    private static void WriteChunk(Stream stream, string type, ReadOnlySpan<byte> data)
    {
        stream.Write(Encoding.ASCII.GetBytes(type));
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, data.Length);
        stream.Write(length);
        stream.Write(data);
        if (data.Length % 2 == 1) stream.WriteByte(0);
    }

    private static int Even(int length) => length + length % 2;

    private static void WriteInt24(Span<byte> place, int value)
    {
        place[0] = (byte)value;
        place[1] = (byte)(value >> 8);
        place[2] = (byte)(value >> 16);
    }
}
