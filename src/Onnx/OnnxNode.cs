using System.Globalization;
using StaticCnn.Onnx.Schema;

namespace StaticCnn.Onnx;

/// <summary>One operation of a file: what it reads, what it computes, and its attributes. An input that is left out is an empty name.</summary>
public sealed class OnnxNode
{
    private readonly IReadOnlyDictionary<string, AttributeProto> _attributes;

    internal OnnxNode(
        string kind, string domain, string name, long opset, IReadOnlyList<string> inputs, IReadOnlyList<string> outputs,
        IReadOnlyDictionary<string, AttributeProto> attributes) =>
        (Kind, Domain, Name, Opset, Inputs, Outputs, _attributes) = (kind, domain, name, opset, inputs, outputs, attributes);

    /// <summary>The operator: "Conv", "Relu".</summary>
    public string Kind { get; }

    /// <summary>Empty for ONNX's own operators.</summary>
    public string Domain { get; }

    /// <summary>Its name in the file; may be empty.</summary>
    public string Name { get; }

    /// <summary>The version of the operators that it is written in.</summary>
    public long Opset { get; }

    public IReadOnlyList<string> Inputs { get; }

    public IReadOnlyList<string> Outputs { get; }

    internal IReadOnlyDictionary<string, AttributeProto> Attributes => _attributes;

    /// <summary>How messages name it: by its name, or by what it computes.</summary>
    public string Label => Name.Length > 0 ? $"{Kind} '{Name}'" : $"{Kind} that computes '{Outputs.FirstOrDefault(output => output.Length > 0)}'";

    public bool Has(string attribute) => _attributes.ContainsKey(attribute);

    public long Integer(string attribute, long otherwise) =>
        _attributes.TryGetValue(attribute, out var found) ? Of(found, AttributeProto.Types.Kind.Int).I : otherwise;

    public float Float(string attribute, float otherwise) =>
        _attributes.TryGetValue(attribute, out var found) ? Of(found, AttributeProto.Types.Kind.Float).F : otherwise;

    public string Text(string attribute, string otherwise) =>
        _attributes.TryGetValue(attribute, out var found) ? Of(found, AttributeProto.Types.Kind.String).S.ToStringUtf8() : otherwise;

    public long[]? Integers(string attribute) =>
        _attributes.TryGetValue(attribute, out var found) ? [.. Of(found, AttributeProto.Types.Kind.Ints).Ints] : null;

    public float[]? Floats(string attribute) =>
        _attributes.TryGetValue(attribute, out var found) ? [.. Of(found, AttributeProto.Types.Kind.Floats).Floats] : null;

    internal TensorProto? Tensor(string attribute) =>
        _attributes.TryGetValue(attribute, out var found) ? Of(found, AttributeProto.Types.Kind.Tensor).T : null;

    /// <summary>Integers that must be as many as `count`, each within an int.</summary>
    internal int[]? Extents(string attribute, int count)
    {
        long[]? found = Integers(attribute);
        if (found is null) return null;
        if (found.Length != count) throw Wrong($"expected {count} values of {attribute}, found {found.Length}");
        return Array.ConvertAll(found, value => value is >= 0 and <= int.MaxValue ? (int)value : throw Wrong($"expected {attribute} of 0 or more, found {value}"));
    }

    /// <summary>An error that names this node.</summary>
    internal OnnxException Wrong(string what) => new(string.Create(CultureInfo.InvariantCulture, $"{Label}: {what}."));

    private AttributeProto Of(AttributeProto found, AttributeProto.Types.Kind expected) =>
        found.Type == expected ? found : throw Wrong($"expected its attribute {found.Name} as {expected}, found {found.Type}");
}
