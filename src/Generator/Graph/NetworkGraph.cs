namespace StaticCnn.Generator.Graph;

/// <summary>A network as nodes, in an order of computation.</summary>
/// <param name="Nodes">All nodes.</param>
/// <param name="Layers">The output of each layer.</param>
/// <param name="Parameters">Parameters and states in the order of a state_dict.</param>
/// <param name="States">How states follow a batch.</param>
internal sealed record NetworkGraph(
    IReadOnlyList<Node> Nodes, IReadOnlyList<Node> Layers, IReadOnlyList<ParameterNode> Parameters, IReadOnlyList<StateUpdate> States)
{
    /// <summary>The network's outputs.</summary>
    public Node Output => Layers[Layers.Count - 1];
}

/// <summary>A node's gradient and whose it is.</summary>
internal sealed record ParameterGradient(ParameterNode Parameter, Node Gradient);
