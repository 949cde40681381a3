namespace StaticCnn.Images.Fitting;

/// <summary>How much ink is on each pixel, 0 to 1, with lighting and noise taken away.</summary>
internal sealed class InkMap
{
    /// <summary>Contrast that a person would call a stroke; 1 is black on white.</summary>
    private const float LeastContrast = 0.06f;

    /// <summary>How far ink stands out from the paper's noise, in standard deviations.</summary>
    private const float LeastSigmas = 6, FloorSigmas = 3;

    /// <summary>Above this part of the full contrast a pixel belongs to a stroke.</summary>
    private const float StrokeLevel = 0.35f, FloorLevel = 0.1f;

    /// <summary>Pictures up to this size were made small with soft edges, which should stay; in larger ones a stroke is black throughout.</summary>
    private const int SmallSide = 56;

    private const float LargeFull = 0.6f;
    private const float NoiseToBlur = 0.01f;

    private InkMap(int width, int height, float[] ink, float strokeLevel) =>
        (Width, Height, Ink, StrokeAbove) = (width, height, ink, strokeLevel);

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Row by row.</summary>
    public float[] Ink { get; }

    /// <summary>Pixels with more ink than this belong to a stroke, others at most to its edge.</summary>
    public float StrokeAbove { get; }

    /// <summary>Finds the ink in a picture.</summary>
    /// <exception cref="ImageException">The picture is uniform, or nothing in it stands out from its noise.</exception>
    public static InkMap Of(Picture picture)
    {
        RequireContrast(picture);
        int ink = Polarity.OfInk(picture);
        float[] contrast = Contrast(picture, ink);
        float sigma = Noise(contrast);
        if (sigma > NoiseToBlur && Math.Min(picture.Width, picture.Height) > SmallSide)
        {
            picture = picture with { Pixels = Blur.Twice(picture.Pixels, picture.Width, picture.Height) };
            contrast = Contrast(picture, ink);
            sigma = Noise(contrast);
        }
        float full = Full(contrast);
        if (full < LeastContrast || full < LeastSigmas * sigma)
        {
            throw new ImageException(ImageFault.NoDigit, FormattableString.Invariant(
                $"nothing stands out: the strongest contrast is {100 * full:F1} % of black to white, and the noise is {100 * sigma:F1} %; expected a digit on paper of one colour."));
        }

        bool isSmall = Math.Max(picture.Width, picture.Height) <= SmallSide;
        float floor = Math.Max(FloorLevel * full, FloorSigmas * sigma), top = isSmall ? full : Math.Max(LargeFull * full, 2 * floor);
        float stroke = Math.Max(StrokeLevel * full, 1.5f * floor);
        for (int i = 0; i < contrast.Length; i++) contrast[i] = Math.Clamp((contrast[i] - floor) / (top - floor), 0, 1);
        return new InkMap(picture.Width, picture.Height, contrast, Math.Min(0.9f, (stroke - floor) / (top - floor)));
    }

    /// <summary>Refuses a picture that is the same everywhere.</summary>
    /// <exception cref="ImageException">It is.</exception>
    public static void RequireContrast(Picture picture)
    {
        float least = 1, most = 0;
        foreach (float value in picture.Pixels)
        {
            least = Math.Min(least, value);
            most = Math.Max(most, value);
        }
        if (most - least >= 1 / 255f) return;
        throw new ImageException(
            ImageFault.NoDigit, FormattableString.Invariant($"the image is uniform: all {picture.Width}x{picture.Height} pixels are at {100 * most:F0} % of white; expected a digit in it."));
    }

    private static float[] Contrast(Picture picture, int ink)
    {
        var lighting = Lighting.OfPaper(picture, ink);
        float[] contrast = new float[picture.Pixels.Length];
        for (int y = 0; y < picture.Height; y++)
        {
            for (int x = 0; x < picture.Width; x++)
            {
                int at = y * picture.Width + x;
                contrast[at] = ink * (picture.Pixels[at] - lighting.At(picture, x, y));
            }
        }
        Level(contrast);
        return contrast;
    }

    /// <summary>Makes paper 0. The surface keeps away from ink, by more the noisier the paper is, so that paper is what most of the weaker values are.</summary>
    private static void Level(float[] contrast)
    {
        float half = Full(contrast) / 2;
        float paper = Median(Array.FindAll(contrast, value => value < half));
        for (int i = 0; i < contrast.Length; i++) contrast[i] -= paper;
    }

    /// <summary>The standard deviation of the paper, from the half of its values that is certainly not ink.</summary>
    private static float Noise(float[] contrast) => -1.4826f * Median(Array.FindAll(contrast, value => value <= 0));

    private static float Median(float[] values) => Quantile.WithAbove(values, values.Length / 2, -1, 1);

    /// <summary>The contrast of full ink: of the pixel after the strongest thousandth, so that a speck does not set it.</summary>
    private static float Full(float[] contrast) =>
        Quantile.WithAbove(contrast, Math.Min(contrast.Length - 1, Math.Max(3, contrast.Length / 1000)), 0, 1);
}
