namespace StaticCnn.Images.Fitting;

/// <summary>A digit's ink in its bounding box.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Ink">Row by row, 0 to 1.</param>
internal sealed record Digit(int Width, int Height, float[] Ink)
{
    /// <summary>Without rows and columns at its sides that have no ink.</summary>
    public Digit Trimmed()
    {
        int left = Width, top = Height, right = 0, bottom = 0;
        for (int i = 0; i < Ink.Length; i++)
        {
            if (Ink[i] <= 0) continue;
            (left, right) = (Math.Min(left, i % Width), Math.Max(right, i % Width));
            (top, bottom) = (Math.Min(top, i / Width), Math.Max(bottom, i / Width));
        }
        int width = right - left + 1, height = bottom - top + 1;
        float[] ink = new float[width * height];
        for (int y = 0; y < height; y++) Ink.AsSpan((top + y) * Width + left, width).CopyTo(ink.AsSpan(y * width));
        return new Digit(width, height, ink);
    }

    /// <summary>The strokes' width: twice their area over the length of their outline.</summary>
    public float StrokeWidth()
    {
        // A slanted outline in steps is longer than it looks, by 4/pi on average.
        const float Steps = 4 / MathF.PI;
        int area = 0, outline = 0;
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                if (!IsInk(x, y)) continue;
                area++;
                outline += (IsInk(x - 1, y) ? 0 : 1) + (IsInk(x + 1, y) ? 0 : 1) + (IsInk(x, y - 1) ? 0 : 1) + (IsInk(x, y + 1) ? 0 : 1);
            }
        }
        return area == 0 ? 0 : 2 * area * Steps / outline;
    }

    /// <summary>The ink at a place between pixels, by the four around it; none outside.</summary>
    /// <param name="x">0 is the left edge, <see cref="Width"/> the right one.</param>
    /// <param name="y">0 is the upper edge, <see cref="Height"/> the lower one.</param>
    public float At(float x, float y)
    {
        int left = (int)MathF.Floor(x - 0.5f), top = (int)MathF.Floor(y - 0.5f);
        float right = x - 0.5f - left, down = y - 0.5f - top;
        return (1 - down) * ((1 - right) * Value(left, top) + right * Value(left + 1, top))
            + down * ((1 - right) * Value(left, top + 1) + right * Value(left + 1, top + 1));
    }

    private bool IsInk(int x, int y) => Value(x, y) > 0.5f;

    private float Value(int x, int y) => (uint)x < (uint)Width && (uint)y < (uint)Height ? Ink[y * Width + x] : 0;
}
