using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StaticCnn.Bench.Ladder;

/// <summary>
/// Winograd's filtering F(4x4,5x5): each 4x4 pixels of the result cost 64 multiplications where the definition has 400. Images and kernels
/// are transformed, multiplied point by point (each point is a small matrix product over the channels), and transformed back.
/// </summary>
internal class Filtering : IRung
{
    protected const int PerRow = (Conv2.Size + Winograd.Outputs - 1) / Winograd.Outputs, Tiles = PerRow * PerRow;
    protected const int Points = Winograd.Points;

    /// <summary>
    /// From point to point: one vector more than needed. A transform writes 64 vectors, one to each point; were they a multiple of 4,096
    /// bytes apart, all would fall into the same few lines of the first-level cache.
    /// </summary>
    private const int ValuePitch = Conv2.In * Tiles + 1, ProductPitch = Conv2.Out * Tiles + 1;

    /// <summary>A row of pixels more than the border, so that the last tile of a row, which ends beyond the image, reads zeros.</summary>
    private const int Width = Winograd.Outputs * PerRow + Conv2.Kernel - 1;

    private readonly Vector512<float>[] _input = Wider(Lanes.Input());
    private readonly float[] _in = [.. Winograd.In.SelectMany(row => row)], _out = [.. Winograd.Out.SelectMany(row => row)];
    private readonly float[] _kernels = Winograd.Kernels();
    private readonly Vector512<float>[] _values = new Vector512<float>[Points * Points * ValuePitch];
    private readonly Vector512<float>[] _half = new Vector512<float>[Points * Points];
    private readonly Vector512<float>[] _convolved = new Vector512<float>[Conv2.Out * Conv2.Size * Conv2.Size];

    protected Vector512<float>[] Products { get; } = new Vector512<float>[Points * Points * ProductPitch];

    protected Vector512<float>[] Pooled { get; } = new Vector512<float>[Conv2.Out * Conv2.Pooled * Conv2.Pooled];

    public virtual string Name => "+ filtering: 64 multiplications instead of 400";

    public float[] Result() => Lanes.Floats(Pooled);

    public virtual void Run()
    {
        TransformInput();
        Multiply();
        for (int o = 0; o < Conv2.Out; o++)
        {
            for (int t = 0; t < Tiles; t++) TransformBack(o, t);
        }

        Lanes.ReLUAndPool(_convolved, Pooled);
    }

    /// <summary>[point][c][tile] = In * d * In', of the 8x8 pixels under each tile.</summary>
    protected void TransformInput()
    {
        for (int c = 0; c < Conv2.In; c++)
        {
            for (int t = 0; t < Tiles; t++)
            {
                ref var pixels = ref _input[(c * Width + t / PerRow * Winograd.Outputs) * Width + t % PerRow * Winograd.Outputs];
                for (int x = 0; x < Points; x++) Line(_in, ref Unsafe.Add(ref pixels, x), Width, ref _half[x], Points);
                for (int i = 0; i < Points; i++)
                {
                    Line(_in, ref _half[i * Points], 1, ref _values[i * Points * ValuePitch + c * Tiles + t], ValuePitch);
                }
            }
        }
    }

    /// <summary>[point][o][tile] = sum over c of kernel[point][o][c] * value[point][c][tile], in tiles of 4 kernels and 2 tiles.</summary>
    protected void Multiply()
    {
        for (int point = 0; point < Points * Points; point++)
        {
            for (int o = 0; o < Conv2.Out; o += 4)
            {
                for (int t = 0; t < Tiles; t += 2)
                {
                    Products4x2(
                        ref _kernels[(point * Conv2.Out + o) * Conv2.In], ref _values[point * ValuePitch + t],
                        ref Products[point * ProductPitch + o * Tiles + t]);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Products4x2(ref float kernels, ref Vector512<float> values, ref Vector512<float> products)
    {
        Vector512<float> a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default, d0 = default, d1 = default;
        for (int c = 0; c < Conv2.In; c++)
        {
            var left = Unsafe.Add(ref values, c * Tiles);
            var right = Unsafe.Add(ref values, c * Tiles + 1);
            var a = Vector512.Create(Unsafe.Add(ref kernels, c));
            a0 = Vector512.FusedMultiplyAdd(a, left, a0);
            a1 = Vector512.FusedMultiplyAdd(a, right, a1);
            var b = Vector512.Create(Unsafe.Add(ref kernels, Conv2.In + c));
            b0 = Vector512.FusedMultiplyAdd(b, left, b0);
            b1 = Vector512.FusedMultiplyAdd(b, right, b1);
            var k = Vector512.Create(Unsafe.Add(ref kernels, 2 * Conv2.In + c));
            c0 = Vector512.FusedMultiplyAdd(k, left, c0);
            c1 = Vector512.FusedMultiplyAdd(k, right, c1);
            var d = Vector512.Create(Unsafe.Add(ref kernels, 3 * Conv2.In + c));
            d0 = Vector512.FusedMultiplyAdd(d, left, d0);
            d1 = Vector512.FusedMultiplyAdd(d, right, d1);
        }

        Unsafe.Add(ref products, 0) = a0;
        Unsafe.Add(ref products, 1) = a1;
        Unsafe.Add(ref products, Tiles) = b0;
        Unsafe.Add(ref products, Tiles + 1) = b1;
        Unsafe.Add(ref products, 2 * Tiles) = c0;
        Unsafe.Add(ref products, 2 * Tiles + 1) = c1;
        Unsafe.Add(ref products, 3 * Tiles) = d0;
        Unsafe.Add(ref products, 3 * Tiles + 1) = d1;
    }

    /// <summary>The 4x4 pixels of one tile of one channel, Out * m * Out', without the bias; `tile` is [4][4].</summary>
    protected void Outputs(int o, int t, Span<Vector512<float>> tile)
    {
        for (int j = 0; j < Points; j++)
        {
            Line(_out, ref Products[j * ProductPitch + o * Tiles + t], Points * ProductPitch, ref _half[j], Points);
        }

        for (int k = 0; k < Winograd.Outputs; k++) Line(_out, ref _half[k * Points], 1, ref tile[k * Winograd.Outputs], 1);
    }

    private void TransformBack(int o, int t)
    {
        Span<Vector512<float>> tile = stackalloc Vector512<float>[Winograd.Outputs * Winograd.Outputs];
        Outputs(o, t, tile);
        var bias = Vector512.Create(Conv2.Bias[o]);
        int row = t / PerRow * Winograd.Outputs, column = t % PerRow * Winograd.Outputs;
        for (int at = 0; at < tile.Length; at++)
        {
            int y = row + at / Winograd.Outputs, x = column + at % Winograd.Outputs;
            if (y < Conv2.Size && x < Conv2.Size) _convolved[(o * Conv2.Size + y) * Conv2.Size + x] = tile[at] + bias;
        }
    }

    /// <summary>One line of a transform: to[i * toStep] = sum over k of matrix[i][k] * from[k * step].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Line(float[] matrix, ref Vector512<float> from, int step, ref Vector512<float> to, int toStep)
    {
        var (v0, v1, v2, v3) = (from, Unsafe.Add(ref from, step), Unsafe.Add(ref from, 2 * step), Unsafe.Add(ref from, 3 * step));
        var (v4, v5) = (Unsafe.Add(ref from, 4 * step), Unsafe.Add(ref from, 5 * step));
        var (v6, v7) = (Unsafe.Add(ref from, 6 * step), Unsafe.Add(ref from, 7 * step));
        for (int i = 0; i < matrix.Length; i += Points)
        {
            var row = matrix.AsSpan(i, Points);
            var even = Vector512.FusedMultiplyAdd(Vector512.Create(row[2]), v2, Vector512.Create(row[0]) * v0);
            var odd = Vector512.FusedMultiplyAdd(Vector512.Create(row[3]), v3, Vector512.Create(row[1]) * v1);
            even = Vector512.FusedMultiplyAdd(Vector512.Create(row[6]), v6, Vector512.FusedMultiplyAdd(Vector512.Create(row[4]), v4, even));
            odd = Vector512.FusedMultiplyAdd(Vector512.Create(row[7]), v7, Vector512.FusedMultiplyAdd(Vector512.Create(row[5]), v5, odd));
            to = even + odd;
            to = ref Unsafe.Add(ref to, toStep);
        }
    }

    private static Vector512<float>[] Wider(Vector512<float>[] input)
    {
        var wider = new Vector512<float>[Conv2.In * Width * Width];
        for (int at = 0; at < input.Length; at++)
        {
            int c = at / (Conv2.Bordered * Conv2.Bordered), y = at / Conv2.Bordered % Conv2.Bordered, x = at % Conv2.Bordered;
            wider[(c * Width + y) * Width + x] = input[at];
        }

        return wider;
    }
}
