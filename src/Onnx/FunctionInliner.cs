using StaticCnn.Onnx.Schema;

namespace StaticCnn.Onnx;

/// <summary>Puts the nodes of a file's own functions where they are called, under names of their own.</summary>
internal sealed class FunctionInliner
{
    private const int Deepest = 32, MostNodes = 100_000;

    private readonly Dictionary<(string Domain, string Name), FunctionProto> _functions = [];
    private readonly List<OnnxNode> _nodes = [];

    public FunctionInliner(IEnumerable<FunctionProto> functions)
    {
        foreach (var function in functions) _functions[(Domain(function.Domain), function.Name)] = function;
    }

    /// <summary>"ai.onnx" is another name of the standard's own domain.</summary>
    public static string Domain(string domain) => domain == "ai.onnx" ? "" : domain;

    public IReadOnlyList<OnnxNode> Inline(IEnumerable<NodeProto> nodes, IReadOnlyDictionary<string, long> opsets)
    {
        Add(nodes, opsets, new(StringComparer.Ordinal), new(StringComparer.Ordinal), "", 0);
        return _nodes;
    }

    private void Add(
        IEnumerable<NodeProto> nodes, IReadOnlyDictionary<string, long> opsets, Dictionary<string, string> names, Dictionary<string, AttributeProto> given,
        string prefix, int depth)
    {
        if (depth > Deepest) throw new OnnxException($"Expected functions that call each other at most {Deepest} deep; these call themselves.");
        foreach (var node in nodes)
        {
            var attributes = new Dictionary<string, AttributeProto>(StringComparer.Ordinal);
            foreach (var attribute in node.Attribute)
            {
                var actual = attribute.RefAttrName.Length == 0 ? attribute : given.GetValueOrDefault(attribute.RefAttrName);
                if (actual is not null) attributes[attribute.Name] = actual;
            }

            string domain = Domain(node.Domain);
            string[] inputs = [.. node.Input.Select(Name)], outputs = [.. node.Output.Select(Name)];
            if (_functions.TryGetValue((domain, node.OpType), out var function))
            {
                Call(function, node, prefix, inputs, outputs, attributes, depth);
                continue;
            }

            if (_nodes.Count == MostNodes) throw new OnnxException($"Expected at most {MostNodes} nodes, functions inlined, found more.");
            string name = node.Name.Length > 0 && prefix.Length > 0 ? prefix + node.Name : node.Name;
            _nodes.Add(new(node.OpType, domain, name, opsets.GetValueOrDefault(domain, 1), inputs, outputs, attributes));
        }

        string Name(string name) => name.Length == 0 ? name : names.GetValueOrDefault(name) ?? prefix + name;
    }

    private void Call(
        FunctionProto function, NodeProto call, string prefix, string[] inputs, string[] outputs, Dictionary<string, AttributeProto> attributes, int depth)
    {
        if (inputs.Length > function.Input.Count || outputs.Length > function.Output.Count)
        {
            throw new OnnxException(
                $"The call of the function {function.Name} has {inputs.Length} inputs and {outputs.Length} outputs; "
                + $"expected at most {function.Input.Count} and {function.Output.Count}.");
        }

        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int i = 0; i < function.Input.Count; i++) names[function.Input[i]] = i < inputs.Length ? inputs[i] : "";
        for (int i = 0; i < outputs.Length; i++) if (outputs[i].Length > 0) names[function.Output[i]] = outputs[i];
        var given = new Dictionary<string, AttributeProto>(attributes, StringComparer.Ordinal);
        foreach (var usual in function.AttributeProto) given.TryAdd(usual.Name, usual);
        string own = call.Name.Length > 0 ? call.Name : call.Output.FirstOrDefault(output => output.Length > 0) ?? function.Name;
        Add(function.Node, OnnxFile.Opsets(function.OpsetImport), names, given, $"{prefix}{own}/", depth + 1);
    }
}
