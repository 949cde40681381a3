namespace StaticCnn.Mnist.Data.Procedural;

/// <summary>
/// MNIST's geometry: the ink's longer side fills 20 pixels and the aspect ratio stays; then whole pixels of shift bring the
/// centre of mass nearest to pixel (14, 14).
/// </summary>
internal static class MnistFit
{
    /// <summary>Rows and columns that the ink may fill.</summary>
    public const int Box = 20;

    private const int Side = ProceduralDigits.Side;

    // Half a blurred edge lies outside the ink's outline, and must still find room in the box.
    private const float Inset = 0.25f;
    private const float Longest = Box - 2 * Inset;
    private const int Centre = 14;

    /// <summary>Scales the path so that the inked box fills 20x20, the box's corner near a pixel's corner.</summary>
    public static void Scale(Ink ink)
    {
        // The pen's width is in pixels already, so only the path scales, and how much of the box the pen's edge needs
        // depends on where the path is thick: two corrections of a first guess suffice.
        float pathX = Extent(ink.X, ink, 1, false).Length, pathY = Extent(ink.Y, ink, 1, false).Length;
        float path = Math.Max(pathX, pathY);
        float scale = (Longest - 2) / path;
        for (int pass = 0; pass < 2; pass++)
        {
            float inked = Math.Max(Extent(ink.X, ink, scale, true).Length, Extent(ink.Y, ink, scale, true).Length);
            scale += (Longest - inked) / path;
        }

        Place(ink.X, ink, scale);
        Place(ink.Y, ink, scale);
    }

    private static void Place(float[] axis, Ink ink, float scale)
    {
        (float start, float length) = Extent(axis, ink, scale, true);
        float shift = MathF.Floor((Side - length) / 2) + Inset - start;
        for (int i = 0; i < ink.Count; i++) axis[i] = axis[i] * scale + shift;
    }

    private static (float Start, float Length) Extent(float[] axis, Ink ink, float scale, bool inked)
    {
        float start = float.MaxValue, end = float.MinValue;
        for (int i = 0; i < ink.Count; i++)
        {
            if (inked && ink.Radius[i] < 0) continue;
            float reach = inked ? ink.Radius[i] : 0;
            start = Math.Min(start, axis[i] * scale - reach);
            end = Math.Max(end, axis[i] * scale + reach);
        }

        return (start, end - start);
    }

    /// <summary>Copies the image, moved by whole pixels so that its centre of mass is nearest to (14, 14).</summary>
    public static void Centred(ReadOnlySpan<byte> from, Span<byte> to)
    {
        long mass = 0, momentX = 0, momentY = 0;
        for (int i = 0; i < from.Length; i++)
        {
            mass += from[i];
            momentX += from[i] * (i % Side);
            momentY += from[i] * (i / Side);
        }

        int right = Shift(momentX, mass), down = Shift(momentY, mass);
        to.Clear();
        for (int row = Math.Max(0, -down); row < Math.Min(Side, Side - down); row++)
        {
            int first = Math.Max(0, -right), last = Math.Min(Side, Side - right);
            from[(row * Side + first)..(row * Side + last)].CopyTo(to[((row + down) * Side + first + right)..]);
        }
    }

    // In whole numbers, so that no rounding of a sum can decide: floor(Centre - moment / mass + 1/2).
    private static int Shift(long moment, long mass) => (int)Math.Floor((double)(Centre * mass * 2 - moment * 2 + mass) / (mass * 2));
}
