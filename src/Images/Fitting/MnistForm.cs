namespace StaticCnn.Images.Fitting;

/// <summary>
/// Makes of a picture what MNIST's makers made of theirs: light ink on black, the longer side of its box 20 pixels, and the whole moved by
/// whole pixels until the centre of mass is nearest to pixel (14, 14).
/// </summary>
internal static class MnistForm
{
    private const int Side = Picture.Side;
    private const int Box = 20;
    private const int Centre = 14;

    /// <summary>A pen's stroke in MNIST is about this wide, in pixels; thinner ones than the first are widened to the second.</summary>
    private const float ThinStroke = 1.5f, UsualStroke = 2;

    /// <summary>The finer grid on which thin strokes are widened.</summary>
    private const int Fine = 4;

    /// <summary>Finds the digit and fits it.</summary>
    /// <returns>28x28 floats, 0 is paper and 1 is ink.</returns>
    /// <exception cref="ImageException">There is no digit in the picture.</exception>
    public static float[] Fit(Picture picture) => Fit(Strokes.Find(InkMap.Of(picture)));

    /// <summary>Only scales the whole picture to 28x28, each pixel the mean of what it covers; light stays light.</summary>
    public static float[] Scale(Picture picture)
    {
        InkMap.RequireContrast(picture);
        var all = new Digit(picture.Width, picture.Height, picture.Pixels);
        return Sample(all, Side, Side, (float)picture.Width / Side, (float)picture.Height / Side);
    }

    private static float[] Fit(Digit digit)
    {
        int longer = Math.Max(digit.Width, digit.Height);
        float stroke = digit.StrokeWidth() * Box / longer;
        bool isThin = longer > 2 * Box && stroke < ThinStroke;
        float widening = isThin ? (UsualStroke - stroke) / 2 : 0;
        // The finished strokes, widening included, fill the box.
        float pitch = longer / (Box - 2 * widening);
        int width = Size(digit.Width / pitch + 2 * widening), height = Size(digit.Height / pitch + 2 * widening);
        float[] scaled = isThin
            ? Widen(digit, width, height, pitch, widening)
            : Sample(digit, width, height, pitch, pitch);
        Brighten(scaled);
        return Centred(scaled, width, height);
    }

    private static int Size(float exact) => Math.Clamp((int)MathF.Round(exact), 1, Box);

    /// <summary>Reads the digit on a grid whose pixels are so many of its own wide and high, centred on it.</summary>
    private static float[] Sample(Digit digit, int width, int height, float pitchX, float pitchY)
    {
        float startX = (digit.Width - width * pitchX) / 2, startY = (digit.Height - height * pitchY) / 2;
        int across = Math.Max(1, (int)MathF.Ceiling(pitchX)), down = Math.Max(1, (int)MathF.Ceiling(pitchY));
        float[] result = new float[width * height];
        for (int i = 0; i < result.Length; i++)
        {
            float sum = 0;
            for (int v = 0; v < down; v++)
            {
                float y = startY + (i / width + (v + 0.5f) / down) * pitchY;
                for (int u = 0; u < across; u++) sum += digit.At(startX + (i % width + (u + 0.5f) / across) * pitchX, y);
            }
            result[i] = sum / (across * down);
        }
        return result;
    }

    /// <summary>The largest ink within a circle, on a finer grid, then the means.</summary>
    private static float[] Widen(Digit digit, int width, int height, float pitch, float radius)
    {
        int fineWidth = Fine * width, fineHeight = Fine * height, reach = (int)MathF.Ceiling(Fine * radius);
        float[] fine = Sample(digit, fineWidth, fineHeight, pitch / Fine, pitch / Fine);
        // A line finer than the grid is grey on it, and full ink all the same.
        Brighten(fine);
        float[] result = new float[width * height];
        for (int y = 0; y < fineHeight; y++)
        {
            for (int x = 0; x < fineWidth; x++)
            {
                float most = 0;
                for (int v = Math.Max(0, y - reach); v <= Math.Min(fineHeight - 1, y + reach); v++)
                {
                    for (int u = Math.Max(0, x - reach); u <= Math.Min(fineWidth - 1, x + reach); u++)
                    {
                        if ((u - x) * (u - x) + (v - y) * (v - y) <= Fine * Fine * radius * radius) most = Math.Max(most, fine[v * fineWidth + u]);
                    }
                }
                result[y / Fine * width + x / Fine] += most / (Fine * Fine);
            }
        }
        return result;
    }

    private static void Brighten(float[] ink)
    {
        float most = 0;
        foreach (float value in ink) most = Math.Max(most, value);
        if (most is 0 or >= 1) return;
        for (int i = 0; i < ink.Length; i++) ink[i] /= most;
    }

    private static float[] Centred(float[] ink, int width, int height)
    {
        double mass = 0, x = 0, y = 0;
        for (int i = 0; i < ink.Length; i++)
        {
            mass += ink[i];
            x += ink[i] * (i % width);
            y += ink[i] * (i / width);
        }
        int left = Math.Clamp((int)Math.Floor(Centre - x / mass + 0.5), 0, Side - width);
        int top = Math.Clamp((int)Math.Floor(Centre - y / mass + 0.5), 0, Side - height);
        float[] image = new float[Side * Side];
        for (int row = 0; row < height; row++) ink.AsSpan(row * width, width).CopyTo(image.AsSpan((top + row) * Side + left));
        return image;
    }
}
