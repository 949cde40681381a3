namespace StaticCnn.Images.Reading;

/// <summary>
/// Reads the Netpbm formats: P1 and P4 (PBM, 1 is black), P2 and P5 (PGM), P3 and P6 (PPM); the higher of each pair in bytes, the other
/// as text. Samples go up to 65535, in two bytes, the higher first, where they exceed 255.
/// </summary>
internal static class PortableMap
{
    private const int LargestSample = 65535;

    /// <summary>Whether a file begins as one of the formats does.</summary>
    public static bool Recognises(ReadOnlySpan<byte> file) =>
        file.Length >= 3 && file[0] == 'P' && file[1] is >= (byte)'1' and <= (byte)'6' && (IsSpace(file[2]) || file[2] == '#');

    /// <summary>Reads the file's first picture.</summary>
    /// <exception cref="ImageException">It is damaged.</exception>
    public static Picture Read(byte[] file)
    {
        int format = file[1] - '0';
        bool isText = format <= 3, isBitmap = format is 1 or 4;
        int channels = format is 3 or 6 ? 3 : 1;
        var text = new PortableMapText(file, start: 2);
        int width = text.Number("a width", int.MaxValue), height = text.Number("a height", int.MaxValue);
        Picture.RequireSize(width, height);
        int largest = isBitmap ? 1 : text.Number("the largest sample", LargestSample);
        if (largest < 1) throw new ImageException(ImageFault.Unreadable, $"expected the largest sample to be from 1 to {LargestSample}; found {largest}.");

        long samples = (long)width * height * channels;
        int rowBytes = isBitmap ? (width + 7) / 8 : width * channels * (largest > 255 ? 2 : 1);
        if (!isText) text.Skip(1);
        long least = isText ? samples : (long)rowBytes * height;
        if (text.Left < least) throw CutShort(width, height, least, text.Left);

        var shrinker = new Shrinker(width, height);
        float[] row = new float[width];
        int[] values = new int[width * channels];
        for (int y = 0; y < height; y++)
        {
            if (isText) ReadText(text, values, isBitmap, largest);
            else ReadBytes(text.Take(rowBytes), values, isBitmap, largest);
            ToGrey(values, row, channels, isBitmap ? -1 : largest);
            shrinker.Add(row);
        }
        return shrinker.ToPicture();
    }

    private static void ReadText(PortableMapText text, int[] values, bool isBitmap, int largest)
    {
        for (int i = 0; i < values.Length; i++) values[i] = isBitmap ? text.Bit() : text.Number("a sample", largest);
    }

    private static void ReadBytes(ReadOnlySpan<byte> bytes, int[] values, bool isBitmap, int largest)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = isBitmap ? bytes[i / 8] >> (7 - i % 8) & 1
                : largest > 255 ? bytes[2 * i] << 8 | bytes[2 * i + 1]
                : bytes[i];
            if (values[i] > largest) throw new ImageException(ImageFault.Unreadable, $"expected samples up to {largest}; found {values[i]}.");
        }
    }

    private static void ToGrey(int[] values, float[] row, int channels, int largest)
    {
        for (int x = 0; x < row.Length; x++)
        {
            row[x] = largest < 0 ? 1 - values[x]
                : channels == 1 ? values[x] / (float)largest
                : Shrinker.Grey(values[3 * x], values[3 * x + 1], values[3 * x + 2]) / largest;
        }
    }

    private static ImageException CutShort(int width, int height, long expected, long found) => new(
        ImageFault.Unreadable, FormattableString.Invariant($"{width}x{height} pixels need {expected} bytes, but {found} follow the header: it was cut short."));

    /// <summary>White space as Netpbm defines it.</summary>
    public static bool IsSpace(byte b) => b is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\v' or (byte)'\f' or (byte)'\r';
}
