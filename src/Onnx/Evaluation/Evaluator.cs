namespace StaticCnn.Onnx.Evaluation;

/// <summary>
/// Computes what an ONNX file computes, node by node in plain loops, as the standard describes each operator. It is slow, and independent
/// of everything that this library generates: what an import is checked against.
/// </summary>
public static class Evaluator
{
    /// <summary>The operators that <see cref="Run"/> knows.</summary>
    public static IReadOnlyCollection<string> Operators => s_operators.Keys;

    private static readonly Dictionary<string, Func<Call, Tensor[]>> s_operators = new(StringComparer.Ordinal);

    static Evaluator()
    {
        Elementwise.Register(s_operators);
        Products.Register(s_operators);
        Windows.Register(s_operators);
        Reductions.Register(s_operators);
        Norms.Register(s_operators);
        Rearrangements.Register(s_operators);
        Shapes.Register(s_operators);
    }

    /// <summary>The values of the graph's outputs, in order.</summary>
    /// <param name="graph">The file's graph.</param>
    /// <param name="inputs">A value for each of the graph's inputs, by name.</param>
    /// <exception cref="OnnxException">An operator is not known, or its inputs do not fit it; the message names the node.</exception>
    public static IReadOnlyList<Tensor> Run(OnnxGraph graph, IReadOnlyDictionary<string, Tensor> inputs)
    {
        var values = new Dictionary<string, Tensor>(graph.Constants, StringComparer.Ordinal);
        foreach (var input in graph.Inputs)
        {
            values[input.Name] = inputs.GetValueOrDefault(input.Name) ?? throw new OnnxException($"Expected a value for the input '{input.Name}', found none.");
        }

        foreach (var node in graph.Nodes)
        {
            var results = Compute(node, [.. node.Inputs.Select(name => name.Length > 0 ? values[name] : null)]);
            for (int i = 0; i < node.Outputs.Count; i++) if (node.Outputs[i].Length > 0) values[node.Outputs[i]] = results[i];
        }

        return [.. graph.Outputs.Select(name => values[name])];
    }

    /// <summary>What one node computes of its inputs; those left out are null.</summary>
    internal static Tensor[] Compute(OnnxNode node, Tensor?[] inputs)
    {
        if (node.Domain.Length > 0 || !s_operators.TryGetValue(node.Kind, out var compute)) throw node.Wrong("this operator is not known");
        Tensor[] results;
        try
        {
            results = compute(new Call(node, inputs));
        }
        catch (OnnxException e) when (!e.Message.StartsWith(node.Label, StringComparison.Ordinal))
        {
            throw new OnnxException($"{node.Label}: {e.Message}", e);
        }

        if (results.Length < node.Outputs.Count) throw node.Wrong($"expected at most {results.Length} outputs, found {node.Outputs.Count}");
        return results;
    }
}
