using System.Globalization;

namespace StaticCnn.Onnx;

/// <summary>Values in rows: floats, or integers, which also stand for truths. Every kind of float in a file becomes a float32, every kind of integer an int64.</summary>
public sealed class Tensor
{
    /// <summary>More elements than any network of this library has in one place; a damaged file must not ask for all memory.</summary>
    internal const int MostElements = 1 << 27;

    private readonly float[]? _floats;
    private readonly long[]? _integers;

    public Tensor(IEnumerable<int> shape, float[] floats) : this([.. shape], floats, null)
    {
    }

    public Tensor(IEnumerable<int> shape, long[] integers) : this([.. shape], null, integers)
    {
    }

    private Tensor(int[] shape, float[]? floats, long[]? integers)
    {
        int count = Count(shape);
        int found = floats?.Length ?? integers!.Length;
        if (count != found) throw new ArgumentException($"Expected {count} values of {Text(shape)}, found {found}.", nameof(shape));
        (Shape, _floats, _integers) = (shape, floats, integers);
    }

    /// <summary>Its extents; none for a scalar.</summary>
    public IReadOnlyList<int> Shape { get; }

    public int Rank => Shape.Count;

    public int Length => _floats?.Length ?? _integers!.Length;

    public bool IsFloat => _floats is not null;

    /// <summary>Its values, where they are floats.</summary>
    /// <exception cref="OnnxException">They are integers.</exception>
    public float[] Floats => _floats ?? throw new OnnxException($"Expected floats, found integers of shape {Text(Shape)}.");

    /// <summary>Its values, where they are integers or truths.</summary>
    /// <exception cref="OnnxException">They are floats.</exception>
    public long[] Integers => _integers ?? throw new OnnxException($"Expected integers, found floats of shape {Text(Shape)}.");

    /// <summary>The same values under another shape.</summary>
    public Tensor WithShape(IEnumerable<int> shape) => new([.. shape], _floats, _integers);

    /// <summary>The elements at these positions, under a shape.</summary>
    public Tensor Pick(IEnumerable<int> shape, int[] positions) => IsFloat
        ? new(shape, Array.ConvertAll(positions, position => Floats[position]))
        : new(shape, Array.ConvertAll(positions, position => Integers[position]));

    /// <summary>How many elements a shape has.</summary>
    /// <exception cref="OnnxException">An extent is negative, or there are too many.</exception>
    public static int Count(IEnumerable<int> shape)
    {
        long count = 1;
        bool empty = false;
        foreach (int extent in shape)
        {
            if (extent < 0) throw new OnnxException($"Expected extents of 0 or more, found {Text(shape)}.");
            empty |= extent == 0;
            count *= Math.Max(1, extent);
            if (count > MostElements) throw new OnnxException($"Expected at most {MostElements} values in a tensor, found the shape {Text(shape)}.");
        }

        return empty ? 0 : (int)count;
    }

    /// <summary>A shape as people write it: "[3,32,32]".</summary>
    public static string Text(IEnumerable<int> shape) => $"[{string.Join(",", shape.Select(extent => extent.ToString(CultureInfo.InvariantCulture)))}]";
}
