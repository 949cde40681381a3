namespace StaticCnn.Bench.Ladder;

/// <summary>
/// Sixteen images side by side, within a border of zeros: the innermost loop runs over neighbouring floats, does the same to each, and asks
/// nothing. Still one float at a time; the layout only makes the next rung possible.
/// </summary>
internal sealed class Layout : IRung
{
    private readonly float[] _input = Conv2.InLanes(), _weight = Conv2.Weight, _bias = Conv2.Bias;
    private readonly float[] _convolved = new float[Conv2.Out * Conv2.Size * Conv2.Size * Conv2.Images];
    private readonly float[] _pooled = new float[Conv2.Out * Conv2.Pooled * Conv2.Pooled * Conv2.Images];

    public string Name => "+ layout: images in lanes, a border of zeros";

    public float[] Result() => Conv2.FromLanes(_pooled);

    public void Run()
    {
        for (int o = 0; o < Conv2.Out; o++)
        {
            for (int y = 0; y < Conv2.Size; y++)
            {
                for (int x = 0; x < Conv2.Size; x++)
                {
                    Pixels(o, y, x, _convolved.AsSpan(((o * Conv2.Size + y) * Conv2.Size + x) * Conv2.Images, Conv2.Images));
                }
            }
        }

        for (int at = 0; at < _convolved.Length; at++) _convolved[at] = Math.Max(_convolved[at], 0);
        for (int at = 0; at < _pooled.Length; at++)
        {
            int lane = at % Conv2.Images, x = at / Conv2.Images % Conv2.Pooled, row = at / Conv2.Images / Conv2.Pooled;
            int right = Conv2.Images, below = Conv2.Size * Conv2.Images, first = 2 * row * below + 2 * x * right + lane;
            _pooled[at] = Math.Max(
                Math.Max(_convolved[first], _convolved[first + right]), Math.Max(_convolved[first + below], _convolved[first + below + right]));
        }
    }

    /// <summary>One pixel of all sixteen images.</summary>
    private void Pixels(int o, int y, int x, Span<float> sums)
    {
        sums.Fill(_bias[o]);
        for (int c = 0; c < Conv2.In; c++)
        {
            for (int i = 0; i < Conv2.Kernel; i++)
            {
                for (int j = 0; j < Conv2.Kernel; j++)
                {
                    float weight = _weight[((o * Conv2.In + c) * Conv2.Kernel + i) * Conv2.Kernel + j];
                    var pixels = _input.AsSpan(((c * Conv2.Bordered + y + i) * Conv2.Bordered + x + j) * Conv2.Images, Conv2.Images);
                    for (int lane = 0; lane < sums.Length; lane++) sums[lane] += weight * pixels[lane];
                }
            }
        }
    }
}
