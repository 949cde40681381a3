namespace StaticCnn.Onnx.Evaluation;

/// <summary>Where the elements of a shape lie, in rows.</summary>
internal static class Strides
{
    public static int[] Of(IReadOnlyList<int> shape)
    {
        int[] strides = new int[shape.Count];
        int stride = 1;
        for (int axis = shape.Count - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= shape[axis];
        }

        return strides;
    }

    /// <summary>Every index of a shape, in rows; the same array each time.</summary>
    public static IEnumerable<int[]> Indices(IReadOnlyList<int> shape)
    {
        int count = Tensor.Count(shape);
        int[] index = new int[shape.Count];
        for (int i = 0; i < count; i++)
        {
            yield return index;
            for (int axis = shape.Count - 1; axis >= 0 && ++index[axis] == shape[axis]; axis--) index[axis] = 0;
        }
    }

    /// <summary>The shape that both shapes stretch to, extents of 1 as often as needed, as NumPy has it; null where they do not.</summary>
    public static int[]? Broadcast(IReadOnlyList<int> a, IReadOnlyList<int> b)
    {
        int[] shape = new int[Math.Max(a.Count, b.Count)];
        for (int axis = 1; axis <= shape.Length; axis++)
        {
            int first = axis <= a.Count ? a[^axis] : 1, second = axis <= b.Count ? b[^axis] : 1;
            if (first != second && first != 1 && second != 1) return null;
            shape[^axis] = first == 1 ? second : first;
        }

        return shape;
    }

    /// <summary>For each element of `to`, the position in a tensor of shape `from` that is stretched to it.</summary>
    public static int[] Stretched(IReadOnlyList<int> from, IReadOnlyList<int> to)
    {
        int[] strides = Of(from), steps = new int[to.Count], positions = new int[Tensor.Count(to)];
        for (int axis = 1; axis <= from.Count; axis++) steps[^axis] = from[^axis] == 1 ? 0 : strides[^axis];
        int at = 0;
        foreach (int[] index in Indices(to)) positions[at++] = Dot(index, steps);
        return positions;
    }

    public static int Dot(int[] index, int[] strides)
    {
        int sum = 0;
        for (int axis = 0; axis < index.Length; axis++) sum += index[axis] * strides[axis];
        return sum;
    }
}
