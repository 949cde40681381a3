namespace StaticCnn.Onnx;

/// <summary>A value that a graph takes in.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its extents, null where the file leaves one open (such as the batch's); null where it says nothing.</param>
/// <param name="IsFloat">Whether its values are floats.</param>
public sealed record OnnxInput(string Name, IReadOnlyList<int?>? Shape, bool IsFloat);

/// <summary>What an ONNX file computes: nodes in order, the constants that they read, and the names of what goes in and comes out.</summary>
public sealed class OnnxGraph
{
    internal OnnxGraph(
        string name, IReadOnlyList<OnnxInput> inputs, IReadOnlyList<string> outputs, IReadOnlyList<OnnxNode> nodes, IReadOnlyDictionary<string, Tensor> constants) =>
        (Name, Inputs, Outputs, Nodes, Constants) = (name, inputs, outputs, nodes, constants);

    public string Name { get; }

    public IReadOnlyList<OnnxInput> Inputs { get; }

    public IReadOnlyList<string> Outputs { get; }

    /// <summary>Each reads only inputs, constants, and what nodes before it computed; functions are inlined.</summary>
    public IReadOnlyList<OnnxNode> Nodes { get; }

    public IReadOnlyDictionary<string, Tensor> Constants { get; }
}
