namespace StaticCnn;

/// <summary>The images of an IDX file.</summary>
/// <param name="Pixels">[n,C,H,W], 0 to 255.</param>
/// <param name="Count">n.</param>
/// <param name="Shape">[C,H,W]; one channel where the file has no channels.</param>
public sealed record IdxImages(byte[] Pixels, int Count, TensorShape Shape)
{
    /// <summary>The same images with rows and columns exchanged.</summary>
    internal IdxImages Transposed()
    {
        var (channels, height, width) = (Shape.Channels, Shape.Height, Shape.Width);
        byte[] pixels = new byte[Pixels.Length];
        for (int plane = 0; plane < Count * channels; plane++)
        {
            int start = plane * height * width;
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++) pixels[start + x * height + y] = Pixels[start + y * width + x];
            }
        }
        return new IdxImages(pixels, Count, new TensorShape(channels, width, height));
    }
}
