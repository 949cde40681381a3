using System.Buffers.Binary;
using System.Text;
using SkiaSharp;

namespace StaticCnn.Figures.Motion;

/// <summary>Animated PNG: a PNG whose further frames stand in chunks of their own (PNG specification, third edition, sections 4.9 and 11.3.6).</summary>
/// <param name="size">Pixels of a whole frame.</param>
internal sealed class PngWriter(SKSizeI size) : IAnimationWriter
{
    private const byte LeaveInPlace = 0, DrawOver = 1;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    private static readonly SKPngEncoderOptions Options = new(SKPngEncoderFilterFlags.None, zLibLevel: 6);

    private static readonly uint[] CrcTable = MakeCrcTable();

    private readonly MemoryStream _chunks = new();
    private byte[] _header = [];
    private uint _sequence;
    private int _frames;

    /// <inheritdoc/>
    public void Add(SKBitmap change, SKRectI place, TimeSpan duration)
    {
        using var pixmap = change.PeekPixels();
        using var png = pixmap.Encode(Options)!;
        AddControl(place, duration);
        for (var rest = png.AsSpan()[Signature.Length..]; rest.Length > 0;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(rest);
            var type = rest.Slice(4, 4);
            var data = rest.Slice(8, length);
            if (type.SequenceEqual("IHDR"u8) && _frames == 0) _header = data.ToArray();
            if (type.SequenceEqual("IDAT"u8)) AddData(data);
            rest = rest[(12 + length)..];
        }
        _frames++;
    }

    /// <inheritdoc/>
    public void WriteTo(Stream stream)
    {
        stream.Write(Signature);
        WriteChunk(stream, "IHDR", _header);
        Span<byte> control = stackalloc byte[8];
        BinaryPrimitives.WriteInt32BigEndian(control, _frames);
        BinaryPrimitives.WriteInt32BigEndian(control[4..], 0); // Plays: for ever.
        WriteChunk(stream, "acTL", control);
        _chunks.WriteTo(stream);
        WriteChunk(stream, "IEND", []);
    }

    private void AddControl(SKRectI place, TimeSpan duration)
    {
        if (_frames == 0 && place.Size != size) throw new ArgumentException("The first frame covers the whole image.", nameof(place));
        Span<byte> data = stackalloc byte[26];
        BinaryPrimitives.WriteUInt32BigEndian(data, _sequence++);
        BinaryPrimitives.WriteInt32BigEndian(data[4..], place.Width);
        BinaryPrimitives.WriteInt32BigEndian(data[8..], place.Height);
        BinaryPrimitives.WriteInt32BigEndian(data[12..], place.Left);
        BinaryPrimitives.WriteInt32BigEndian(data[16..], place.Top);
        BinaryPrimitives.WriteUInt16BigEndian(data[20..], (ushort)duration.TotalMilliseconds);
        BinaryPrimitives.WriteUInt16BigEndian(data[22..], 1000); // The duration's unit is a thousandth of a second.
        data[24] = LeaveInPlace;
        data[25] = DrawOver;
        WriteChunk(_chunks, "fcTL", data);
    }

    private void AddData(ReadOnlySpan<byte> data)
    {
        if (_frames == 0)
        {
            WriteChunk(_chunks, "IDAT", data);
            return;
        }
        var numbered = new byte[4 + data.Length];
        BinaryPrimitives.WriteUInt32BigEndian(numbered, _sequence++);
        data.CopyTo(numbered.AsSpan(4));
        WriteChunk(_chunks, "fdAT", numbered);
    }

    private static void WriteChunk(Stream stream, string type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        stream.Write(number);
        byte[] name = Encoding.ASCII.GetBytes(type);
        stream.Write(name);
        stream.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(Crc(uint.MaxValue, name), data));
        stream.Write(number);
    }

    /// <summary>The cyclic redundancy check of a chunk, annex D of the specification.</summary>
    private static uint Crc(uint crc, ReadOnlySpan<byte> data)
    {
        foreach (byte one in data) crc = CrcTable[(byte)(crc ^ one)] ^ (crc >> 8);
        return crc;
    }

    private static uint[] MakeCrcTable()
    {
        var table = new uint[256];
        for (uint i = 0; i < table.Length; i++)
        {
            uint crc = i;
            for (int bit = 0; bit < 8; bit++) crc = (crc & 1) == 1 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
            table[i] = crc;
        }
        return table;
    }
}
