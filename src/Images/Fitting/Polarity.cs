namespace StaticCnn.Images.Fitting;

/// <summary>Whether the ink is darker or lighter than the paper.</summary>
internal static class Polarity
{
    private const double FrameWeight = 2;

    /// <summary>
    /// -1 where ink is darker, 1 where it is lighter. Two signs are added up: ink is the smaller part of a picture, so brightness is skewed
    /// towards it; and a digit stands inside, so the frame is paper.
    /// </summary>
    public static int OfInk(Picture picture)
    {
        var lighting = Lighting.OfAll(picture);
        int frame = Math.Max(1, Math.Min(picture.Width, picture.Height) / 25);
        double square = 0, cube = 0, frameSum = 0;
        int frameCount = 0;
        for (int y = 0; y < picture.Height; y++)
        {
            for (int x = 0; x < picture.Width; x++)
            {
                double value = picture.Pixels[y * picture.Width + x] - lighting.At(picture, x, y);
                square += value * value;
                cube += value * value * value;
                if (x >= frame && y >= frame && x < picture.Width - frame && y < picture.Height - frame) continue;
                frameSum += value;
                frameCount++;
            }
        }
        double spread = Math.Sqrt(square / picture.Pixels.Length);
        if (spread == 0) return -1;
        double skew = cube / picture.Pixels.Length / (spread * spread * spread);
        return skew - FrameWeight * frameSum / frameCount / spread < 0 ? -1 : 1;
    }
}
