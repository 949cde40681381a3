using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StaticCnn;

/// <summary>What one core of this machine can do at most: fused multiply-adds at the widest vectors that the runtime accelerates.</summary>
public static class FmaPeak
{
    private const int Chains = 16; // A unit of latency 4 needs 4 chains, and no core has more than 2 units of the widest kind.

    private static float _sink;

    /// <summary>
    /// Measures the peak of the calling thread's core in GFLOP/s (a multiply-add is 2): the best of several runs of
    /// independent chains in registers, since the peak is what nothing disturbs.
    /// </summary>
    /// <param name="runs">Runs of about 10 ms each; at least 1.</param>
    public static double Measure(int runs = 20)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(runs, 1);
        return Vector512.IsHardwareAccelerated ? Measure<Vector512<float>, Bits512>(runs)
            : Vector256.IsHardwareAccelerated ? Measure<Vector256<float>, Bits256>(runs)
            : Measure<Vector128<float>, Bits128>(runs);
    }

    private static double Measure<TVector, TWidth>(int runs) where TWidth : struct, IWidth<TVector>
    {
        int rounds = 10_000;
        while (Seconds<TVector, TWidth>(rounds) < 0.01) rounds *= 2;
        double best = double.MaxValue;
        for (int i = 0; i < runs; i++) best = Math.Min(best, Seconds<TVector, TWidth>(rounds));
        return 2.0 * Chains * TWidth.Lanes * rounds / best / 1e9;
    }

    private static double Seconds<TVector, TWidth>(int rounds) where TWidth : struct, IWidth<TVector>
    {
        long start = Stopwatch.GetTimestamp();
        _sink = Run<TVector, TWidth>(rounds);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Every chain goes to its fixed point 1, so no value is ever denormal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Run<TVector, TWidth>(int rounds) where TWidth : struct, IWidth<TVector>
    {
        TVector half = TWidth.Fill(0.5f);
        TVector a = half, b = half, c = half, d = half, e = half, f = half, g = half, h = half;
        TVector i = half, j = half, k = half, l = half, m = half, n = half, o = half, p = half;
        for (int round = 0; round < rounds; round++)
        {
            a = TWidth.Fma(a, half);
            b = TWidth.Fma(b, half);
            c = TWidth.Fma(c, half);
            d = TWidth.Fma(d, half);
            e = TWidth.Fma(e, half);
            f = TWidth.Fma(f, half);
            g = TWidth.Fma(g, half);
            h = TWidth.Fma(h, half);
            i = TWidth.Fma(i, half);
            j = TWidth.Fma(j, half);
            k = TWidth.Fma(k, half);
            l = TWidth.Fma(l, half);
            m = TWidth.Fma(m, half);
            n = TWidth.Fma(n, half);
            o = TWidth.Fma(o, half);
            p = TWidth.Fma(p, half);
        }

        return TWidth.Sum(a) + TWidth.Sum(b) + TWidth.Sum(c) + TWidth.Sum(d) + TWidth.Sum(e) + TWidth.Sum(f)
            + TWidth.Sum(g) + TWidth.Sum(h) + TWidth.Sum(i) + TWidth.Sum(j) + TWidth.Sum(k) + TWidth.Sum(l)
            + TWidth.Sum(m) + TWidth.Sum(n) + TWidth.Sum(o) + TWidth.Sum(p);
    }

    private interface IWidth<TVector>
    {
        static abstract int Lanes { get; }

        static abstract TVector Fill(float value);

        /// <summary>value * half + half.</summary>
        static abstract TVector Fma(TVector value, TVector half);

        static abstract float Sum(TVector value);
    }

    private readonly struct Bits512 : IWidth<Vector512<float>>
    {
        public static int Lanes => 16;

        public static Vector512<float> Fill(float value) => Vector512.Create(value);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> Fma(Vector512<float> value, Vector512<float> half) => Vector512.FusedMultiplyAdd(value, half, half);

        public static float Sum(Vector512<float> value) => Vector512.Sum(value);
    }

    private readonly struct Bits256 : IWidth<Vector256<float>>
    {
        public static int Lanes => 8;

        public static Vector256<float> Fill(float value) => Vector256.Create(value);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Fma(Vector256<float> value, Vector256<float> half) => Vector256.FusedMultiplyAdd(value, half, half);

        public static float Sum(Vector256<float> value) => Vector256.Sum(value);
    }

    private readonly struct Bits128 : IWidth<Vector128<float>>
    {
        public static int Lanes => 4;

        public static Vector128<float> Fill(float value) => Vector128.Create(value);

        // Without FMA instructions a fused operation is a slow call, and a multiplication and an addition are the peak.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector128<float> Fma(Vector128<float> value, Vector128<float> half) => Vector128.MultiplyAddEstimate(value, half, half);

        public static float Sum(Vector128<float> value) => Vector128.Sum(value);
    }
}
