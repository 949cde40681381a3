using System.Runtime.Intrinsics;

namespace StaticCnn.Bench.Ladder;

/// <summary>
/// ReLU and pooling while a tile's pixels are at hand: four pixels become one before they reach memory, and the convolution's result is
/// never stored.
/// </summary>
internal sealed class Fusion : Filtering
{
    public override string Name => "+ fusion: ReLU and pooling on the way";

    public override void Run()
    {
        TransformInput();
        Multiply();
        Span<Vector512<float>> tile = stackalloc Vector512<float>[Winograd.Outputs * Winograd.Outputs];
        for (int o = 0; o < Conv2.Out; o++)
        {
            for (int t = 0; t < Tiles; t++)
            {
                Outputs(o, t, tile);
                Store(o, t, tile);
            }
        }
    }

    private void Store(int o, int t, Span<Vector512<float>> tile)
    {
        var bias = Vector512.Create(Conv2.Bias[o]);
        for (int window = 0; window < 4; window++)
        {
            int y = t / PerRow * 2 + window / 2, x = t % PerRow * 2 + window % 2, first = window / 2 * 8 + window % 2 * 2;
            if (y >= Conv2.Pooled || x >= Conv2.Pooled) continue;
            var largest = Vector512.Max(Vector512.Max(tile[first], tile[first + 1]), Vector512.Max(tile[first + 4], tile[first + 5]));
            Pooled[(o * Conv2.Pooled + y) * Conv2.Pooled + x] = Vector512.Max(largest + bias, Vector512<float>.Zero);
        }
    }
}
