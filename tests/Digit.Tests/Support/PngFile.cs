using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace StaticCnn.Digit.Tests.Support;

/// <summary>Writes the kinds of PNG that SkiaSharp does not write.</summary>
internal static class PngFile
{
    /// <summary>16 bits of grey a pixel.</summary>
    public static byte[] Grey16(int width, int height, byte[] grey)
    {
        var rows = Rows(width, height, 2, (row, x, y) => BinaryPrimitives.WriteUInt16BigEndian(row[(2 * x)..], (ushort)(grey[y * width + x] * 257)));
        return File(width, height, depth: 16, colour: 0, null, rows);
    }

    /// <summary>A palette of four colours from dark blue to yellow.</summary>
    public static byte[] Palette(int width, int height, byte[] grey)
    {
        var rows = Rows(width, height, 1, (row, x, y) => row[x] = (byte)(grey[y * width + x] / 64));
        return File(width, height, depth: 8, colour: 3, [20, 20, 90, 90, 80, 110, 180, 170, 120, 255, 250, 160], rows);
    }

    private delegate void Pixel(Span<byte> row, int x, int y);

    private static byte[] Rows(int width, int height, int bytes, Pixel write)
    {
        byte[] rows = new byte[height * (1 + width * bytes)];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++) write(rows.AsSpan(y * (1 + width * bytes) + 1, width * bytes), x, y);
        }
        return rows;
    }

    private static byte[] File(int width, int height, byte depth, byte colour, byte[]? palette, byte[] rows)
    {
        var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (depth, colour);
        Chunk(file, "IHDR", header);
        if (palette is not null) Chunk(file, "PLTE", palette);
        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest)) zlib.Write(rows);
        Chunk(file, "IDAT", packed.ToArray());
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    private static void Chunk(MemoryStream file, string name, byte[] content)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(name), .. content];
        byte[] number = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        file.Write(number);
        file.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32(body));
        file.Write(number);
    }

    private static uint Crc32(byte[] bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in bytes)
        {
            crc ^= b;
            for (int bit = 0; bit < 8; bit++) crc = crc >> 1 ^ ((crc & 1) == 0 ? 0 : 0xEDB88320);
        }
        return ~crc;
    }
}
