using SkiaSharp;
using StaticCnn.Mnist.Data;

namespace StaticCnn.Mnist.Output;

/// <summary>A picture of some digits, to look at: a row for each class with its first images, a dark grey line around each.</summary>
internal static class ContactSheet
{
    private const int Rows = 10;
    private const int Columns = 20;
    private const int Scale = 2;
    private const int Line = 1;
    private const byte LineGrey = 48;
    private const int Side = ProceduralDigits.Side;
    private const int Cell = Scale * (Side + 2 * Line);

    /// <summary>Writes the picture as PNG, whole or not at all. Where there are too few images, cells stay black.</summary>
    public static void Write(string path, LabeledImages digits)
    {
        byte[] pixels = Draw(digits);
        using var image = SKImage.FromPixelCopy(new SKImageInfo(Columns * Cell, Rows * Cell, SKColorType.Gray8, SKAlphaType.Opaque), pixels);
        using var png = image.Encode(SKEncodedImageFormat.Png, quality: 100);
        AtomicFile.Write(path, png.SaveTo);
    }

    private static byte[] Draw(LabeledImages digits)
    {
        var pixels = new byte[Rows * Cell * Columns * Cell];
        Array.Fill(pixels, LineGrey);
        var next = new int[Rows];
        for (int i = 0; i < digits.Count; i++)
        {
            int row = digits.Labels[i];
            if (next[row] < Columns) Place(pixels, row, next[row]++, digits.Pixels(i));
        }
        for (int row = 0; row < Rows; row++)
        {
            while (next[row] < Columns) Place(pixels, row, next[row]++, new byte[Side * Side]);
        }
        return pixels;
    }

    private static void Place(byte[] pixels, int row, int column, ReadOnlySpan<byte> digit)
    {
        for (int y = 0; y < Scale * Side; y++)
        {
            int start = ((row * Cell + Scale * Line + y) * Columns + column) * Cell + Scale * Line;
            for (int x = 0; x < Scale * Side; x++) pixels[start + x] = digit[y / Scale * Side + x / Scale];
        }
    }
}
