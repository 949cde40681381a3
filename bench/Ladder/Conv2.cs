namespace StaticCnn.Bench.Ladder;

/// <summary>
/// The tutorial's second stage, what every rung computes: sixteen images of [16,14,14], a convolution by 32 kernels of 5x5 with a border of 2
/// zeros, ReLU, and the largest of each 2x2 window: [32,7,7]. Images are a vector's lanes: sixteen floats of 32 bits fill one of 512.
/// </summary>
internal static class Conv2
{
    public const int Images = 16, In = 16, Out = 32, Size = 14, Kernel = 5, Padding = 2, Pooled = 7, Bordered = Size + 2 * Padding;

    /// <summary>Multiply-adds of the definition, for one image.</summary>
    public const long MultiplyAdds = (long)Out * In * Kernel * Kernel * Size * Size;

    /// <summary>[n,c,y,x], pixels from 0 to 1.</summary>
    public static float[] Input { get; } = Draw(Images * In * Size * Size, 0, 1);

    /// <summary>[o,c,i,j].</summary>
    public static float[] Weight { get; } = Draw(Out * In * Kernel * Kernel, -0.05f, 0.05f);

    /// <summary>[o].</summary>
    public static float[] Bias { get; } = Draw(Out, -0.05f, 0.05f);

    /// <summary>The images as [c][y][x][image] within a border of zeros: the layout of every rung but the first.</summary>
    public static float[] InLanes()
    {
        float[] lanes = new float[In * Bordered * Bordered * Images];
        for (int n = 0; n < Images; n++)
        {
            for (int c = 0; c < In; c++)
            {
                for (int y = 0; y < Size; y++)
                {
                    for (int x = 0; x < Size; x++)
                    {
                        lanes[((c * Bordered + y + Padding) * Bordered + x + Padding) * Images + n] = Input[((n * In + c) * Size + y) * Size + x];
                    }
                }
            }
        }

        return lanes;
    }

    /// <summary>What a rung left as [o][y][x][image], as [n,o,y,x].</summary>
    public static float[] FromLanes(float[] lanes)
    {
        float[] result = new float[lanes.Length];
        for (int at = 0; at < lanes.Length; at++) result[at % Images * (lanes.Length / Images) + at / Images] = lanes[at];
        return result;
    }

    private static float[] Draw(int count, float from, float to)
    {
        var random = new Random(count);
        return [.. Enumerable.Range(0, count).Select(_ => from + (to - from) * random.NextSingle())];
    }
}
