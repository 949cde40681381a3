using System.Runtime.Intrinsics;

namespace StaticCnn.Bench.Ladder;

/// <summary>
/// One instruction for all sixteen images. A processor finishes two of them in a cycle, but this rung has one sum, and each waits four cycles
/// for the one before it.
/// </summary>
internal sealed class Vectors : IRung
{
    private readonly float[] _weight = Conv2.Weight, _bias = Conv2.Bias;
    private readonly Vector512<float>[] _input = Lanes.Input();
    private readonly Vector512<float>[] _convolved = new Vector512<float>[Conv2.Out * Conv2.Size * Conv2.Size];
    private readonly Vector512<float>[] _pooled = new Vector512<float>[Conv2.Out * Conv2.Pooled * Conv2.Pooled];

    public string Name => "+ vectors: sixteen images an instruction";

    public float[] Result() => Lanes.Floats(_pooled);

    public void Run()
    {
        int at = 0;
        for (int o = 0; o < Conv2.Out; o++)
        {
            for (int y = 0; y < Conv2.Size; y++)
            {
                for (int x = 0; x < Conv2.Size; x++) _convolved[at++] = Pixels(o, y, x);
            }
        }

        Lanes.ReLUAndPool(_convolved, _pooled);
    }

    private Vector512<float> Pixels(int o, int y, int x)
    {
        var sum = Vector512.Create(_bias[o]);
        for (int c = 0; c < Conv2.In; c++)
        {
            for (int i = 0; i < Conv2.Kernel; i++)
            {
                var weights = _weight.AsSpan(((o * Conv2.In + c) * Conv2.Kernel + i) * Conv2.Kernel, Conv2.Kernel);
                var pixels = _input.AsSpan((c * Conv2.Bordered + y + i) * Conv2.Bordered + x, Conv2.Kernel);
                for (int j = 0; j < weights.Length; j++) sum = Vector512.FusedMultiplyAdd(Vector512.Create(weights[j]), pixels[j], sum);
            }
        }

        return sum;
    }
}
