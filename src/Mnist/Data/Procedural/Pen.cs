namespace StaticCnn.Mnist.Data.Procedural;

/// <summary>The stroke's width along the path: the pen's, the hand's pressure, and the places where the ink fails.</summary>
internal static class Pen
{
    // A pen has one width, but people write some digits larger than others, and fitting undoes that.
    private static readonly float[] s_width = [1.09f, 1.06f, 1.0f, 0.98f, 0.94f, 0.94f, 0.96f, 1.02f, 0.88f, 0.88f];

    /// <summary>Sets every point's radius, in pixels of the finished image.</summary>
    public static void Press(int digit, Ink ink, ref DigitRandom random)
    {
        float spread = random.Normal();
        float radius = 1.25f * s_width[digit] * (1 + 0.27f * spread + 0.04f * spread * spread);
        float nib = 0.12f * random.Normal();            // > 0: wide where it moves sideways, as a broad nib
        float lift = random.Chance(0.5f) ? random.Uniform(0f, 0.5f) : 0;
        float trembling = random.Uniform(0.02f, 0.10f);
        float slow = 0.08f * random.Normal();           // grows or shrinks along the way
        for (int start = 0; start < ink.Count;)
        {
            int end = start + 1;
            while (end < ink.Count && ink.Joined[end]) end++;

            float last = end - start - 1;
            for (int i = start; i < end; i++)
            {
                float along = (i - start) / last;
                int from = Math.Max(i - 1, start), to = Math.Min(i + 1, end - 1);
                float dx = ink.X[to] - ink.X[from], dy = ink.Y[to] - ink.Y[from];
                float sideways = (dx * dx - dy * dy) / (dx * dx + dy * dy + 1e-9f);
                float taper = lift * Math.Max(0, 1 - 6 * Math.Min(along, 1 - along));
                float pressure = 1 + nib * sideways - taper + trembling * random.Normal() + slow * (2 * along - 1);
                ink.Radius[i] = Math.Max(0.42f, radius * pressure);
            }

            if (random.Chance(0.03f)) Break(ink, start, end, ref random);
            start = end;
        }
    }

    private static void Break(Ink ink, int start, int end, ref DigitRandom random)
    {
        // Well inside the stroke: a piece that stays at either end still shows how far the digit reaches.
        const int keep = 2;
        int length = 1 + random.Below(3), places = end - start - length - 2 * keep;
        if (places > 0) ink.Radius.AsSpan(start + keep + random.Below(places), length).Fill(-1);
    }
}
