using System.Globalization;
using System.Text;
using SkiaSharp;

namespace StaticCnn.Digit.Tests.Support;

/// <summary>A drawn digit as a file of many kinds.</summary>
internal static class DrawnFiles
{
    private static readonly Style Plain = new();

    /// <summary>The kinds, by the names that tests show.</summary>
    public static readonly IReadOnlyDictionary<string, Func<int, byte[]>> Kinds = new Dictionary<string, Func<int, byte[]>>
    {
        ["PNG"] = digit => Png(digit, Plain),
        ["JPEG"] = digit => Encoded(digit, Plain, SKEncodedImageFormat.Jpeg),
        ["WebP"] = digit => Encoded(digit, Plain, SKEncodedImageFormat.Webp),
        ["BMP"] = digit => Grey(digit, Plain, BmpFile.Grey),
        ["PGM"] = digit => Grey(digit, Plain, Pgm),
        ["PBM"] = digit => Grey(digit, Plain, Pbm),
        ["inverted"] = digit => Png(digit, Plain with { Ink = SKColors.White, Paper = SKColors.Black }),
        ["off-centre"] = digit => Png(digit, new Style(640, 480, Size: 90, X: 470, Y: 30)),
        ["large"] = digit => Png(digit, new Style(3000, 3000, Size: 1800, X: 900, Y: 500)),
        ["large with a thin pen"] = digit => Png(digit, new Style(3000, 2000, Size: 1500, X: 300, Y: 250, Pen: 1.2f)),
        ["small"] = digit => Png(digit, new Style(32, 32, Size: 28, X: 2, Y: 2, Pen: 11)),
        ["marker"] = digit => Png(digit, Plain with { Pen = 14 }),
        ["16-bit"] = digit => Grey(digit, Plain, PngFile.Grey16),
        ["black on transparent"] = digit => Png(digit, Plain with { Paper = SKColors.Transparent }),
        ["white on transparent"] = digit => Png(digit, Plain with { Ink = SKColors.White, Paper = SKColors.Transparent }),
        ["half-transparent ink"] = digit => Png(digit, Plain with { Ink = new SKColor(20, 30, 120, 150), Paper = SKColors.Transparent }),
        ["palette"] = digit => Grey(digit, Plain, PngFile.Palette),
        ["blue on yellow"] = digit => Png(digit, Plain with { Ink = new SKColor(30, 60, 160), Paper = new SKColor(250, 240, 150) }),
        ["photo"] = digit => Photo(digit, new Style(1200, 900, Size: 520, X: 380, Y: 160, Pen: 6) { Ink = new SKColor(40, 40, 60) }, seed: digit),
        ["photo in grey pencil"] = digit => Photo(digit, new Style(800, 800, Size: 420, X: 100, Y: 260, Pen: 7) { Ink = new SKColor(120, 120, 125) }, seed: 20 + digit),
        ["photo of a blackboard"] = digit => Photo(
            digit, new Style(900, 700, Size: 480, X: 240, Y: 100, Pen: 6) { Ink = new SKColor(230, 230, 220), Paper = new SKColor(50, 70, 60) }, seed: 40 + digit),
    };

    /// <summary>PGM with bytes.</summary>
    public static byte[] Pgm(int width, int height, byte[] grey) => [.. Header($"P5\n# drawn\n{width} {height}\n255\n"), .. grey];

    private static byte[] Pbm(int width, int height, byte[] grey)
    {
        int pitch = (width + 7) / 8;
        byte[] bits = new byte[pitch * height];
        for (int i = 0; i < grey.Length; i++)
        {
            if (grey[i] < 128) bits[i / width * pitch + i % width / 8] |= (byte)(0x80 >> i % width % 8);
        }
        return [.. Header($"P4 {width} {height}\n"), .. bits];
    }

    private static byte[] Header(FormattableString text) => Encoding.ASCII.GetBytes(text.ToString(CultureInfo.InvariantCulture));

    private static byte[] Png(int digit, Style style) => Encoded(digit, style, SKEncodedImageFormat.Png);

    private static byte[] Encoded(int digit, Style style, SKEncodedImageFormat format)
    {
        using var bitmap = Drawing.Digit(digit, style);
        return Drawing.Encode(bitmap, format);
    }

    private static byte[] Photo(int digit, Style style, int seed)
    {
        using var bitmap = Drawing.Photo(digit, style, seed);
        return Drawing.Encode(bitmap, SKEncodedImageFormat.Jpeg);
    }

    private static byte[] Grey(int digit, Style style, Func<int, int, byte[], byte[]> write)
    {
        using var bitmap = Drawing.Digit(digit, style);
        return write(bitmap.Width, bitmap.Height, Drawing.Grey(bitmap));
    }
}
