namespace StaticCnn.Images.Reading;

/// <summary>Bytes without a header: an image of MNIST as it is, or one of an IDX file.</summary>
internal static class RawPicture
{
    /// <summary>Bytes of an image of MNIST.</summary>
    public const int Length = Picture.Side * Picture.Side;

    /// <summary>An image of MNIST, 255 is ink.</summary>
    public static Picture Read(ReadOnlySpan<byte> pixels)
    {
        float[] grey = new float[Length];
        BatchReader.ToFloats(pixels, grey);
        return new Picture(Picture.Side, Picture.Side, grey, IsPrepared: true);
    }

    /// <summary>An image of an IDX file. Those of MNIST's size are taken to be prepared as MNIST's are.</summary>
    public static Picture Read(IdxImages images, int index)
    {
        var (channels, height, width) = (images.Shape.Channels, images.Shape.Height, images.Shape.Width);
        int plane = width * height;
        var pixels = images.Pixels.AsSpan(index * images.Shape.Length, images.Shape.Length);
        if (channels == 1 && width == Picture.Side && height == Picture.Side) return Read(pixels);
        var shrinker = new Shrinker(width, height);
        float[] row = new float[width];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                int at = y * width + x;
                row[x] = (channels == 1 ? pixels[at] : Shrinker.Grey(pixels[at], pixels[at + plane], pixels[at + 2 * plane])) / 255f;
            }
            shrinker.Add(row);
        }
        return shrinker.ToPicture();
    }
}
