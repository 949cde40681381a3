using SkiaSharp;

namespace StaticCnn.Images.Reading;

/// <summary>
/// Decodes PNG, JPEG, WebP, BMP and GIF with SkiaSharp. Its native library is loaded by the first call of <see cref="Read"/>, so that a
/// program that meets no such file works without it.
/// </summary>
internal static class SkiaDecoder
{
    /// <summary>
    /// A picture that is packed tighter is blank, or its header is damaged: a PNG has at most 8,256 pixels in a byte (one bit each, deflated
    /// 1032 to 1). So a small file cannot ask for much memory.
    /// </summary>
    internal const int MostPixelsPerByte = 1 << 14;

    /// <summary>The format that a file begins as, null where it is none of these.</summary>
    public static string? Recognises(ReadOnlySpan<byte> file) =>
        file.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']) ? "PNG"
        : file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? "JPEG"
        : file.StartsWith("RIFF"u8) && file.Length >= 12 && file.Slice(8, 4).SequenceEqual("WEBP"u8) ? "WebP"
        : file.StartsWith("BM"u8) ? "BMP"
        : file.StartsWith("GIF8"u8) ? "GIF"
        : null;

    /// <summary>Decodes the file's first picture, turned as its camera was held.</summary>
    /// <exception cref="ImageException">It is damaged, or SkiaSharp's library is not beside the program.</exception>
    public static Picture Read(byte[] file, string format)
    {
        try
        {
            return Decode(file, format);
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException { InnerException: DllNotFoundException })
        {
            throw new ImageException(
                ImageFault.NoDecoder, $"a {format} file needs SkiaSharp's library ({LibraryName()}) beside the program, and it is not there; put it there, or convert the file to PGM.");
        }
    }

    private static Picture Decode(byte[] file, string format)
    {
        using var data = SKData.CreateCopy(file);
        using var codec = SKCodec.Create(data) ?? throw Damaged(format, "its header cannot be read");
        Picture.RequireSize(codec.Info.Width, codec.Info.Height);
        if ((long)codec.Info.Width * codec.Info.Height > (long)MostPixelsPerByte * file.Length)
        {
            throw Damaged(format, FormattableString.Invariant($"its header says {codec.Info.Width}x{codec.Info.Height} pixels, and {file.Length} bytes cannot hold a drawing of that size"));
        }
        var info = new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        var result = codec.GetPixels(info, out byte[] pixels);
        if (result != SKCodecResult.Success) throw Damaged(format, result == SKCodecResult.IncompleteInput ? "it was cut short" : "its data is damaged");
        return Turn(Flatten(pixels, info), codec.EncodedOrigin);
    }

    /// <summary>Grey pixels; what is transparent gets whichever of black and white the ink stands out from.</summary>
    private static Picture Flatten(ReadOnlySpan<byte> pixels, SKImageInfo info)
    {
        double light = 0, opaque = 0;
        for (int i = 0; i < pixels.Length; i += 4)
        {
            light += Grey(pixels.Slice(i, 4)) * pixels[i + 3];
            opaque += pixels[i + 3];
        }
        float background = opaque > 0 && light / opaque > 0.5 ? 0 : 1;
        var shrinker = new Shrinker(info.Width, info.Height);
        float[] row = new float[info.Width];
        for (int y = 0; y < info.Height; y++)
        {
            for (int x = 0; x < row.Length; x++)
            {
                var pixel = pixels.Slice(4 * (y * info.Width + x), 4);
                float alpha = pixel[3] / 255f;
                row[x] = alpha * Grey(pixel) + (1 - alpha) * background;
            }
            shrinker.Add(row);
        }
        return shrinker.ToPicture();
    }

    private static float Grey(ReadOnlySpan<byte> pixel) => Shrinker.Grey(pixel[0], pixel[1], pixel[2]) / 255f;

    /// <summary>Turns and mirrors by the EXIF origin, as a viewer does.</summary>
    private static Picture Turn(Picture picture, SKEncodedOrigin origin)
    {
        if (origin == SKEncodedOrigin.TopLeft) return picture;
        var (width, height) = (picture.Width, picture.Height);
        bool sideways = origin >= SKEncodedOrigin.LeftTop;
        var (newWidth, newHeight) = sideways ? (height, width) : (width, height);
        float[] turned = new float[picture.Pixels.Length];
        for (int y = 0; y < newHeight; y++)
        {
            for (int x = 0; x < newWidth; x++)
            {
                var (fromX, fromY) = origin switch
                {
                    SKEncodedOrigin.TopRight => (width - 1 - x, y),
                    SKEncodedOrigin.BottomRight => (width - 1 - x, height - 1 - y),
                    SKEncodedOrigin.BottomLeft => (x, height - 1 - y),
                    SKEncodedOrigin.LeftTop => (y, x),
                    SKEncodedOrigin.RightTop => (y, height - 1 - x),
                    SKEncodedOrigin.RightBottom => (width - 1 - y, height - 1 - x),
                    _ => (width - 1 - y, x),
                };
                turned[y * newWidth + x] = picture.Pixels[fromY * width + fromX];
            }
        }
        return new Picture(newWidth, newHeight, turned);
    }

    private static string LibraryName() =>
        OperatingSystem.IsWindows() ? "libSkiaSharp.dll" : OperatingSystem.IsMacOS() ? "libSkiaSharp.dylib" : "libSkiaSharp.so";

    private static ImageException Damaged(string format, string how) => new(ImageFault.Unreadable, $"it begins as {format}, but {how}.");
}
