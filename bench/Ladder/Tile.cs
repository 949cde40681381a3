using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StaticCnn.Bench.Ladder;

/// <summary>
/// Eight sums at once, of four kernels at two neighbouring pixels, in registers: no sum waits for another, and each value that is loaded is
/// used four times, each weight twice.
/// </summary>
internal sealed class Tile : IRung
{
    private const int Kernels = 4, Taps = Conv2.In * Conv2.Kernel * Conv2.Kernel;

    private readonly float[] _weight = Conv2.Weight, _bias = Conv2.Bias;
    private readonly Vector512<float>[] _input = Lanes.Input();
    private readonly Vector512<float>[] _convolved = new Vector512<float>[Conv2.Out * Conv2.Size * Conv2.Size];
    private readonly Vector512<float>[] _pooled = new Vector512<float>[Conv2.Out * Conv2.Pooled * Conv2.Pooled];

    public string Name => "+ tile: eight sums in registers";

    public float[] Result() => Lanes.Floats(_pooled);

    public void Run()
    {
        for (int o = 0; o < Conv2.Out; o += Kernels)
        {
            for (int y = 0; y < Conv2.Size; y++)
            {
                for (int x = 0; x < Conv2.Size; x += 2) Pixels(o, y, x);
            }
        }

        Lanes.ReLUAndPool(_convolved, _pooled);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Pixels(int o, int y, int x)
    {
        var a0 = Vector512.Create(_bias[o]);
        var b0 = Vector512.Create(_bias[o + 1]);
        var c0 = Vector512.Create(_bias[o + 2]);
        var d0 = Vector512.Create(_bias[o + 3]);
        var (a1, b1, c1, d1) = (a0, b0, c0, d0);
        ref float weights = ref _weight[o * Taps];
        ref var pixels = ref _input[y * Conv2.Bordered + x];
        for (int c = 0; c < Conv2.In; c++)
        {
            for (int i = 0; i < Conv2.Kernel; i++)
            {
                ref float w = ref Unsafe.Add(ref weights, (c * Conv2.Kernel + i) * Conv2.Kernel);
                ref var p = ref Unsafe.Add(ref pixels, (c * Conv2.Bordered + i) * Conv2.Bordered);
                for (int j = 0; j < Conv2.Kernel; j++)
                {
                    var left = Unsafe.Add(ref p, j);
                    var right = Unsafe.Add(ref p, j + 1);
                    var a = Vector512.Create(Unsafe.Add(ref w, j));
                    a0 = Vector512.FusedMultiplyAdd(a, left, a0);
                    a1 = Vector512.FusedMultiplyAdd(a, right, a1);
                    var b = Vector512.Create(Unsafe.Add(ref w, Taps + j));
                    b0 = Vector512.FusedMultiplyAdd(b, left, b0);
                    b1 = Vector512.FusedMultiplyAdd(b, right, b1);
                    var k = Vector512.Create(Unsafe.Add(ref w, 2 * Taps + j));
                    c0 = Vector512.FusedMultiplyAdd(k, left, c0);
                    c1 = Vector512.FusedMultiplyAdd(k, right, c1);
                    var d = Vector512.Create(Unsafe.Add(ref w, 3 * Taps + j));
                    d0 = Vector512.FusedMultiplyAdd(d, left, d0);
                    d1 = Vector512.FusedMultiplyAdd(d, right, d1);
                }
            }
        }

        int at = (o * Conv2.Size + y) * Conv2.Size + x, plane = Conv2.Size * Conv2.Size;
        (_convolved[at], _convolved[at + 1]) = (a0, a1);
        (_convolved[at + plane], _convolved[at + plane + 1]) = (b0, b1);
        (_convolved[at + 2 * plane], _convolved[at + 2 * plane + 1]) = (c0, c1);
        (_convolved[at + 3 * plane], _convolved[at + 3 * plane + 1]) = (d0, d1);
    }
}
