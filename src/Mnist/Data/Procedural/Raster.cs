namespace StaticCnn.Mnist.Data.Procedural;

/// <summary>Paints the path: a pixel's grey follows from its distance to the nearest edge of the ink.</summary>
internal static class Raster
{
    private const int Side = ProceduralDigits.Side;
    private const float Far = 4;

    // MNIST's scans end at the 20x20 box, so no blur goes beyond it either.
    private const int First = (Side - MnistFit.Box) / 2;
    private const int Last = First + MnistFit.Box - 1;

    public static void Paint(Ink ink, Span<byte> pixels, ref DigitRandom random)
    {
        Span<float> distance = stackalloc float[ProceduralDigits.ImageLength];
        distance.Fill(Far);
        for (int i = 0; i < ink.Count; i++)
        {
            if (ink.Joined[i]) Stroke(ink, i, distance);
        }

        float softness = random.Uniform(1.2f, 1.6f);     // pixels from full ink to paper: the scanner's and the scaling's blur
        float roughness = random.Uniform(0.02f, 0.12f);  // the edge of a scan is uneven
        for (int i = 0; i < pixels.Length; i++)
        {
            if (distance[i] >= Far)
            {
                pixels[i] = 0;
                continue;
            }

            float edge = distance[i] + roughness * random.Normal();
            float cover = Math.Clamp(0.5f - edge / softness, 0, 1);
            pixels[i] = (byte)(255 * cover * cover * (3 - 2 * cover) + 0.5f);
        }
    }

    // Lowers the distances near one piece of the path: a line whose radius runs from one end's to the other's.
    private static void Stroke(Ink ink, int i, Span<float> distance)
    {
        float r0 = ink.Radius[i - 1], r1 = ink.Radius[i];
        if (r0 < 0 || r1 < 0) return;

        float x0 = ink.X[i - 1], y0 = ink.Y[i - 1], dx = ink.X[i] - x0, dy = ink.Y[i] - y0;
        float inverse = 1 / (dx * dx + dy * dy + 1e-12f);
        float reach = Math.Max(r0, r1) + 1;
        int left = Math.Max(First, (int)(Math.Min(x0, x0 + dx) - reach)), right = Math.Min(Last, (int)(Math.Max(x0, x0 + dx) + reach));
        int top = Math.Max(First, (int)(Math.Min(y0, y0 + dy) - reach)), bottom = Math.Min(Last, (int)(Math.Max(y0, y0 + dy) + reach));
        for (int row = top; row <= bottom; row++)
        {
            float py = row + 0.5f - y0;
            for (int column = left; column <= right; column++)
            {
                float px = column + 0.5f - x0;
                float t = Math.Clamp((px * dx + py * dy) * inverse, 0, 1);
                float ex = px - t * dx, ey = py - t * dy;
                float edge = MathF.Sqrt(ex * ex + ey * ey) - (r0 + (r1 - r0) * t);
                ref float nearest = ref distance[row * Side + column];
                if (edge < nearest) nearest = edge;
            }
        }
    }
}
