namespace StaticCnn.Onnx.Evaluation;

/// <summary>A node with the values of its inputs.</summary>
internal sealed class Call(OnnxNode node, Tensor?[] inputs)
{
    public OnnxNode Node => node;

    public long Opset => node.Opset;

    public int Count => inputs.Length;

    /// <summary>An input that must be there.</summary>
    public Tensor this[int index] => Optional(index) ?? throw node.Wrong($"expected at least {index + 1} inputs, found {inputs.Length}");

    public Tensor? Optional(int index) => index < inputs.Length ? inputs[index] : null;

    /// <summary>All inputs; each must be there.</summary>
    public Tensor[] All => [.. inputs.Select((_, index) => this[index])];

    /// <summary>Integers that stand in an attribute in older files and in an input in newer ones.</summary>
    public int[]? Integers(string attribute, int input)
    {
        long[]? found = node.Integers(attribute) ?? Optional(input)?.Integers;
        return found is null ? null : Array.ConvertAll(found, Int);
    }

    /// <summary>An axis, counted from the end where it is negative.</summary>
    public int Axis(long axis, int rank)
    {
        long from = axis < 0 ? axis + rank : axis;
        return from >= 0 && from < rank ? (int)from : throw node.Wrong($"expected an axis from {-rank} to {rank - 1}, found {axis}");
    }

    public int Int(long value) => value is >= int.MinValue and <= int.MaxValue ? (int)value : throw node.Wrong($"expected a smaller number than {value}");

    /// <summary>Requires what must hold of the inputs.</summary>
    public void Require(bool holds, string expected, IEnumerable<int> found)
    {
        if (!holds) throw node.Wrong($"expected {expected}, found {Tensor.Text(found)}");
    }
}
