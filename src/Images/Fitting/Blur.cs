namespace StaticCnn.Images.Fitting;

/// <summary>Smoothing against noise.</summary>
internal static class Blur
{
    /// <summary>Binomial weights 1 2 1 across and down, twice; edges repeat.</summary>
    public static float[] Twice(float[] pixels, int width, int height)
    {
        for (int pass = 0; pass < 2; pass++) pixels = Along(Along(pixels, width, height, 1, 0), width, height, 0, 1);
        return pixels;
    }

    private static float[] Along(float[] pixels, int width, int height, int dx, int dy)
    {
        float[] result = new float[pixels.Length];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                float before = pixels[Math.Max(0, y - dy) * width + Math.Max(0, x - dx)];
                float after = pixels[Math.Min(height - 1, y + dy) * width + Math.Min(width - 1, x + dx)];
                result[y * width + x] = 0.25f * before + 0.5f * pixels[y * width + x] + 0.25f * after;
            }
        }
        return result;
    }
}
