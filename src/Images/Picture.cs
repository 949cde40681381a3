namespace StaticCnn.Images;

/// <summary>A grey picture.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Pixels">Row by row, 0 is black and 1 is white.</param>
/// <param name="IsPrepared">Whether it is in MNIST's form already: light ink on black, fitted and centred.</param>
internal sealed record Picture(int Width, int Height, float[] Pixels, bool IsPrepared = false)
{
    /// <summary>Rows and columns of MNIST's images.</summary>
    public const int Side = 28;

    /// <summary>More than this in a file's header is taken for damage: its pixels would fill the memory.</summary>
    public const int MostPixels = 1 << 27;

    /// <summary>Refuses sizes that no picture has.</summary>
    /// <exception cref="ImageException">One is below 1, or there are more than <see cref="MostPixels"/> pixels.</exception>
    public static void RequireSize(long width, long height)
    {
        if (width >= 1 && height >= 1 && width <= MostPixels / height) return;
        throw new ImageException(
            ImageFault.Unreadable, FormattableString.Invariant($"its header says {width}x{height} pixels; expected from 1x1 to {MostPixels} pixels."));
    }
}
