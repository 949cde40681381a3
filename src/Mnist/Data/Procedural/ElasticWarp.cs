namespace StaticCnn.Mnist.Data.Procedural;

/// <summary>Pushes the path about as if the paper were rubber: random shifts on a coarse grid, smooth in between.</summary>
internal static class ElasticWarp
{
    private const int Grid = 4;

    public static void Apply(Ink ink, ref DigitRandom random)
    {
        float strength = random.Uniform(1f, 12f);
        Span<float> shiftX = stackalloc float[Grid * Grid];
        Span<float> shiftY = stackalloc float[Grid * Grid];
        for (int i = 0; i < shiftX.Length; i++)
        {
            shiftX[i] = strength * random.Normal();
            shiftY[i] = strength * random.Normal();
        }

        for (int i = 0; i < ink.Count; i++)
        {
            // The digit spans 0 to 100; the grid's outer lines lie beyond what knots may stray to.
            float column = Math.Clamp((ink.X[i] + 25) / 150, 0, 0.999f) * (Grid - 1);
            float row = Math.Clamp((ink.Y[i] + 25) / 150, 0, 0.999f) * (Grid - 1);
            int corner = (int)row * Grid + (int)column;
            float right = Fade(column - (int)column), down = Fade(row - (int)row);
            ink.X[i] += Blend(shiftX, corner, right, down);
            ink.Y[i] += Blend(shiftY, corner, right, down);
        }
    }

    private static float Fade(float t) => t * t * (3 - 2 * t);

    private static float Blend(ReadOnlySpan<float> shift, int corner, float right, float down)
    {
        float upper = shift[corner] + (shift[corner + 1] - shift[corner]) * right;
        float lower = shift[corner + Grid] + (shift[corner + Grid + 1] - shift[corner + Grid]) * right;
        return upper + (lower - upper) * down;
    }
}
