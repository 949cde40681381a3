using SkiaSharp;

namespace StaticCnn.Digit.Tests.Support;

/// <summary>Draws digits as a person writes them: a pen along a path, in a square of 100 units.</summary>
internal static class Drawing
{
    private static readonly string[] Paths =
    [
        "M52 12 C28 10 20 35 22 58 C24 82 40 92 55 88 C76 82 82 55 76 36 C72 20 62 12 50 13",
        "M40 28 L54 14 L52 88",
        "M25 32 C28 10 70 6 72 30 C74 50 40 66 24 86 C40 80 60 86 80 82",
        "M28 20 C40 8 72 8 70 28 C68 44 52 46 44 47 C60 46 76 54 74 70 C70 92 36 92 24 78",
        "M34 12 C30 30 28 40 26 54 L78 54 M64 26 C62 46 60 66 60 90",
        "M74 14 L34 16 L30 46 C46 36 76 42 74 66 C72 90 40 92 24 80",
        "M66 12 C44 22 28 46 28 68 C28 88 60 94 68 74 C74 56 46 46 32 64",
        "M24 18 L76 16 C66 36 54 60 46 90",
        "M68 22 C54 6 30 18 38 34 C46 48 70 56 70 74 C68 94 30 92 32 72 C34 56 66 44 68 22",
        "M70 30 C62 10 30 12 30 36 C32 56 66 54 70 30 C72 50 68 70 60 90",
    ];

    /// <summary>The digit's picture.</summary>
    /// <param name="digit">0 to 9.</param>
    /// <param name="style">How it is drawn.</param>
    public static SKBitmap Digit(int digit, Style style)
    {
        var bitmap = new SKBitmap(new SKImageInfo(style.Width, style.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(style.Paper);
        using var pen = new SKPaint
        {
            Color = style.Ink,
            IsAntialias = true,
            Style = SKPaintStyle.Stroke,
            StrokeWidth = style.Pen,
            StrokeCap = SKStrokeCap.Round,
            StrokeJoin = SKStrokeJoin.Round,
        };
        canvas.Translate(style.X, style.Y);
        canvas.Scale(style.Size / 100f);
        using var path = SKPath.ParseSvgPathData(Paths[digit]);
        canvas.DrawPath(path, pen);
        canvas.Flush();
        return bitmap;
    }

    /// <summary>A photo of the digit on paper: a lamp at one side, a lens that darkens the corners, and the sensor's noise.</summary>
    public static SKBitmap Photo(int digit, Style style, int seed)
    {
        var bitmap = Digit(digit, style);
        var random = new Random(seed);
        double lampX = random.NextDouble() * 2 - 1, lampY = random.NextDouble() * 2 - 1;
        var pixels = bitmap.Pixels;
        for (int i = 0; i < pixels.Length; i++)
        {
            double u = 2.0 * (i % bitmap.Width) / bitmap.Width - 1, v = 2.0 * (i / bitmap.Width) / bitmap.Height - 1;
            double light = 0.62 + 0.16 * (u * lampX + v * lampY) - 0.12 * (u * u + v * v);
            double noise = 14 * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5);
            byte Lit(byte value) => (byte)Math.Clamp(value * light + noise, 0, 255);
            pixels[i] = new SKColor(Lit(pixels[i].Red), Lit(pixels[i].Green), Lit(pixels[i].Blue));
        }
        bitmap.Pixels = pixels;
        return bitmap;
    }

    /// <summary>The picture as a file.</summary>
    public static byte[] Encode(SKBitmap bitmap, SKEncodedImageFormat format)
    {
        using var data = bitmap.Encode(format, 90);
        return data.ToArray();
    }

    /// <summary>Brightness, row by row.</summary>
    public static byte[] Grey(SKBitmap bitmap) =>
        [.. bitmap.Pixels.Select(pixel => (byte)(0.299 * pixel.Red + 0.587 * pixel.Green + 0.114 * pixel.Blue + 0.5))];
}

/// <summary>How a digit is drawn.</summary>
internal sealed record Style(int Width = 200, int Height = 200, float Size = 160, float X = 20, float Y = 20, float Pen = 9)
{
    /// <summary>The pen's colour.</summary>
    public SKColor Ink { get; init; } = SKColors.Black;

    /// <summary>The paper's colour.</summary>
    public SKColor Paper { get; init; } = SKColors.White;
}
