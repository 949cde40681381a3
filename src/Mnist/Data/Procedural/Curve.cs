namespace StaticCnn.Mnist.Data.Procedural;

/// <summary>Turns a style's knots into the pen's path: each hand moves them a little, and a smooth curve joins them.</summary>
internal static class Curve
{
    private const float PieceLength = 6;
    private const int MaxKnots = 64;

    public static void Trace(Style style, Ink ink, ref DigitRandom random)
    {
        Span<float> xs = stackalloc float[MaxKnots];
        Span<float> ys = stackalloc float[MaxKnots];
        float fractionX = random.Uniform(), fractionY = random.Uniform();
        float unsteady = random.Uniform(0.8f, 5.5f);
        float rounding = random.Uniform(0f, 0.35f);

        ink.Count = 0;
        foreach (Knot[] stroke in style.Strokes)
        {
            // A stroke as a whole misses its place too, or a bar would always cross its stem at the same height.
            float shiftX = 0.7f * unsteady * random.Normal(), shiftY = 0.7f * unsteady * random.Normal();
            float wanderX = random.Normal(), wanderY = random.Normal();
            int count = 0;
            for (int i = 0; i < stroke.Length; i++)
            {
                Knot knot = stroke[i];
                float spread = i == 0 || i == stroke.Length - 1 ? 1.6f * unsteady : unsteady;
                xs[count] = knot.X0 + (knot.X1 - knot.X0) * fractionX + shiftX + spread * wanderX;
                ys[count] = knot.Y0 + (knot.Y1 - knot.Y0) * fractionY + shiftY + spread * wanderY;

                // What a hand misses at one knot it mostly misses at the next one too: arcs stay round.
                wanderX = 0.6f * wanderX + 0.8f * random.Normal();
                wanderY = 0.6f * wanderY + 0.8f * random.Normal();
                count++;
                if (!knot.Corner) continue;

                // A knot written twice makes the curve below turn sharply; see RoundCorners for the softer ones.
                xs[count] = xs[count - 1];
                ys[count] = ys[count - 1];
                count++;
            }

            RoundCorners(xs[..count], ys[..count], rounding);
            Flatten(xs[..count], ys[..count], ink);
        }
    }

    // Draws the two copies of a corner's knot apart, along the legs that meet there.
    private static void RoundCorners(Span<float> xs, Span<float> ys, float rounding)
    {
        for (int i = 1; i + 2 < xs.Length; i++)
        {
            if (xs[i] != xs[i + 1] || ys[i] != ys[i + 1]) continue;
            xs[i] += rounding * (xs[i - 1] - xs[i]);
            ys[i] += rounding * (ys[i - 1] - ys[i]);
            xs[i + 1] += rounding * (xs[i + 2] - xs[i + 1]);
            ys[i + 1] += rounding * (ys[i + 2] - ys[i + 1]);
        }
    }

    // A Catmull-Rom spline: it passes through every knot, parallel to the line from the knot before to the one after.
    private static void Flatten(ReadOnlySpan<float> xs, ReadOnlySpan<float> ys, Ink ink)
    {
        ink.Add(xs[0], ys[0], joined: false);
        for (int i = 0; i + 1 < xs.Length; i++)
        {
            int before = Math.Max(i - 1, 0), after = Math.Min(i + 2, xs.Length - 1);
            if (xs[i] == xs[i + 1] && ys[i] == ys[i + 1]) continue;

            // Even pieces: what the pen does along the way must not depend on how many knots describe a line.
            float dx = xs[i + 1] - xs[i], dy = ys[i + 1] - ys[i];
            int steps = 2 + (int)(MathF.Sqrt(dx * dx + dy * dy) / PieceLength);
            for (int step = 1; step <= steps; step++)
            {
                float t = step / (float)steps;
                ink.Add(
                    Spline(xs[before], xs[i], xs[i + 1], xs[after], t),
                    Spline(ys[before], ys[i], ys[i + 1], ys[after], t),
                    joined: true);
            }
        }
    }

    private static float Spline(float before, float from, float to, float after, float t)
    {
        float start = (to - before) * 0.5f, end = (after - from) * 0.5f;
        float square = t * t, cube = square * t;
        return from * (2 * cube - 3 * square + 1) + to * (3 * square - 2 * cube)
            + start * (cube - 2 * square + t) + end * (cube - square);
    }
}
