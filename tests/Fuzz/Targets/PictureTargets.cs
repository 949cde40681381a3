using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using SkiaSharp;
using StaticCnn.Images;
using StaticCnn.Images.Fitting;
using StaticCnn.Images.Reading;

namespace StaticCnn.Fuzz.Targets;

/// <summary>Pictures of every format that is read, up to the 28x28 pixels that a network gets.</summary>
internal static class PictureTargets
{
    private const string Digit = "  ###   #  ##     ##    ##   ######       ";

    public static FuzzTarget Maps => new("pixel maps", 13, [Text(1), Text(2), Text(3), Bits(), Bytes(5, 255, 1), Bytes(5, 1000, 2), Bytes(6, 255, 3), .. Raw()], Recognise)
    {
        Answers = [typeof(ImageException)],
        Words = ["P1\n", "P4 ", "P5\n", "#", "\n", " 255\n", " 65535 ", "\t"],
        MostInput = 2048,
        // Rows of numbers and their picture in floats, and what the search for strokes needs for each pixel.
        MostAllocated = length => (2 << 20) + 1024L * length,
    };

    public static FuzzTarget Decoded => new("decoded", 5, [Encoded(SKEncodedImageFormat.Png), Encoded(SKEncodedImageFormat.Jpeg), Encoded(SKEncodedImageFormat.Webp), Bmp(), Gif()], Recognise)
    {
        Answers = [typeof(ImageException)],
        MostInput = 1024,
        // A picture may be packed as well as the decoder allows; its pixels have four bytes.
        MostAllocated = length => (16 << 20) + 8L * SkiaDecoder.MostPixelsPerByte * length,
        Close = SealPng,
    };

    private static void Recognise(byte[] input)
    {
        var file = PictureFile.Open(input);
        for (int i = 0; i < Math.Min(file.Count, 3); i++)
        {
            var picture = file.Read(i);
            Require(MnistForm.Scale(picture));
            Require(MnistForm.Fit(picture));
        }
    }

    private static void Require(float[] pixels)
    {
        if (pixels.Length != 784 || !Array.TrueForAll(pixels, pixel => pixel is >= 0 and <= 1.001f)) throw new InvalidOperationException("Pixels are not from 0 to 1.");
    }

    private static bool IsInk(int x, int y) => Digit[y * 7 + x] == '#';

    private static byte[] Text(int format) => Encoding.ASCII.GetBytes($"P{format}\n# a seven\n7 6\n{(format == 1 ? "" : "9\n")}{string.Join(' ', Enumerable.Range(0, 42 * (format == 3 ? 3 : 1)).Select(i => Digit[i / (format == 3 ? 3 : 1)] == '#' ? 1 : 0))}\n");

    private static byte[] Bits() => [.. "P4 7 6\n"u8, .. Enumerable.Range(0, 6).Select(y => (byte)Enumerable.Range(0, 7).Sum(x => IsInk(x, y) ? 128 >> x : 0))];

    private static byte[] Bytes(int format, int largest, int perPixel) => [.. Encoding.ASCII.GetBytes($"P{format} 7 6 {largest}\n"), .. Digit.SelectMany(c => Enumerable.Repeat((byte)(c == '#' ? 2 : 0), perPixel))];

    /// <summary>MNIST's own forms: 784 bytes, and IDX.</summary>
    private static byte[][] Raw()
    {
        byte[] raw = new byte[784];
        for (int i = 0; i < 42; i++) raw[28 * (10 + i / 7) + 10 + i % 7] = (byte)(Digit[i] == '#' ? 255 : 0);
        byte[] idx = IdxTargets.File(0x803, 1, 28, 28);
        raw.CopyTo(idx, 16);
        return [raw, idx];
    }

    private static byte[] Encoded(SKEncodedImageFormat format)
    {
        using var bitmap = new SKBitmap(21, 18, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        for (int y = 0; y < 18; y++)
        {
            for (int x = 0; x < 21; x++) bitmap.SetPixel(x, y, IsInk(x / 3, y / 3) ? SKColors.Black : SKColors.White);
        }
        return bitmap.Encode(format, 50).ToArray();
    }

    private static byte[] Bmp()
    {
        byte[] file = new byte[54 + 6 * 24];
        "BM"u8.CopyTo(file);
        int[] header = [file.Length, 0, 54, 40, 7, 6, 1 | 24 << 16, 0, 6 * 24];
        for (int i = 0; i < header.Length; i++) BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(2 + 4 * i), header[i]);
        for (int i = 0; i < 42; i++) file.AsSpan(54 + i / 7 * 24 + i % 7 * 3, 3).Fill((byte)(Digit[i] == '#' ? 0 : 255));
        return file;
    }

    /// <summary>Two by two pixels, black and white.</summary>
    private static byte[] Gif() => [.. "GIF89a"u8, 2, 0, 2, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255, 0x2C, 0, 0, 0, 0, 2, 0, 2, 0, 0, 2, 3, 0x44, 0x02, 0x05, 0, 0x3B];

    /// <summary>Checksums that are right, so that the decoder looks at what they seal.</summary>
    private static byte[] SealPng(byte[] file)
    {
        if (SkiaDecoder.Recognises(file) != "PNG") return file;
        for (int at = 8; at + 12 <= file.Length;)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
            if (length > file.Length - at - 12) break;
            BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(at + 8 + (int)length), Crc32.HashToUInt32(file.AsSpan(at + 4, 4 + (int)length)));
            at += 12 + (int)length;
        }
        return file;
    }
}
