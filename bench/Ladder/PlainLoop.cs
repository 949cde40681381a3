namespace StaticCnn.Bench.Ladder;

/// <summary>The definition, written down: seven loops, and a question at each tap whether it lies on the image.</summary>
internal sealed class PlainLoop : IRung
{
    private readonly float[] _input = Conv2.Input, _weight = Conv2.Weight, _bias = Conv2.Bias;
    private readonly float[] _convolved = new float[Conv2.Images * Conv2.Out * Conv2.Size * Conv2.Size];
    private readonly float[] _pooled = new float[Conv2.Images * Conv2.Out * Conv2.Pooled * Conv2.Pooled];

    public string Name => "the plain loop";

    public float[] Result() => _pooled;

    public void Run()
    {
        Convolve();
        for (int at = 0; at < _convolved.Length; at++) _convolved[at] = Math.Max(_convolved[at], 0);
        Pool();
    }

    private void Convolve()
    {
        int at = 0;
        for (int n = 0; n < Conv2.Images; n++)
        {
            for (int o = 0; o < Conv2.Out; o++)
            {
                for (int y = 0; y < Conv2.Size; y++)
                {
                    for (int x = 0; x < Conv2.Size; x++) _convolved[at++] = Pixel(n, o, y, x);
                }
            }
        }
    }

    private float Pixel(int n, int o, int y, int x)
    {
        float sum = _bias[o];
        for (int c = 0; c < Conv2.In; c++)
        {
            for (int i = 0; i < Conv2.Kernel; i++)
            {
                for (int j = 0; j < Conv2.Kernel; j++)
                {
                    int row = y + i - Conv2.Padding, column = x + j - Conv2.Padding;
                    if (row < 0 || row >= Conv2.Size || column < 0 || column >= Conv2.Size) continue;
                    sum += _weight[((o * Conv2.In + c) * Conv2.Kernel + i) * Conv2.Kernel + j]
                        * _input[((n * Conv2.In + c) * Conv2.Size + row) * Conv2.Size + column];
                }
            }
        }

        return sum;
    }

    private void Pool()
    {
        for (int at = 0; at < _pooled.Length; at++)
        {
            int plane = at / (Conv2.Pooled * Conv2.Pooled), y = at / Conv2.Pooled % Conv2.Pooled, x = at % Conv2.Pooled;
            int first = (plane * Conv2.Size + 2 * y) * Conv2.Size + 2 * x;
            float upper = Math.Max(_convolved[first], _convolved[first + 1]);
            float lower = Math.Max(_convolved[first + Conv2.Size], _convolved[first + Conv2.Size + 1]);
            _pooled[at] = Math.Max(upper, lower);
        }
    }
}
