using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace StaticCnn.Bench.Ladder;

/// <summary>The sixteen images' value at a place, as one vector; what the rungs from vectors on have in common.</summary>
internal static class Lanes
{
    public static Vector512<float>[] Input() => MemoryMarshal.Cast<float, Vector512<float>>(Conv2.InLanes()).ToArray();

    public static float[] Floats(Vector512<float>[] lanes) => Conv2.FromLanes(MemoryMarshal.Cast<Vector512<float>, float>(lanes).ToArray());

    /// <summary>ReLU, then the largest of each window.</summary>
    public static void ReLUAndPool(Vector512<float>[] convolved, Vector512<float>[] pooled)
    {
        for (int row = 0; row < Conv2.Out * Conv2.Pooled; row++)
        {
            for (int x = 0; x < Conv2.Pooled; x++)
            {
                int first = 2 * row * Conv2.Size + 2 * x;
                var upper = Vector512.Max(convolved[first], convolved[first + 1]);
                var lower = Vector512.Max(convolved[first + Conv2.Size], convolved[first + Conv2.Size + 1]);
                pooled[row * Conv2.Pooled + x] = Vector512.Max(Vector512.Max(upper, lower), Vector512<float>.Zero);
            }
        }
    }
}
