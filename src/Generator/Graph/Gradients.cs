namespace StaticCnn.Generator.Graph;

/// <summary>Adds the gradients of a network's parameters to its graph: one rule a primitive, the readers of a value from the last to the first.</summary>
internal sealed class Gradients
{
    private readonly GraphBuilder _graph;
    private readonly Dictionary<Node, Node> _gradients = [];
    private readonly HashSet<Node> _learned = [];

    private Gradients(GraphBuilder graph) => _graph = graph;

    public static IReadOnlyList<ParameterGradient> Of(GraphBuilder builder, out LossGradient loss)
    {
        var graph = builder.Graph;
        var gradients = new Gradients(builder);
        var forward = graph.Nodes.ToList();
        foreach (var node in forward)
        {
            if (node is ParameterNode { Parameter.IsState: false } || node.Inputs.Any(gradients._learned.Contains)) gradients._learned.Add(node);
        }

        builder.Differentiate(graph.Output, "loss");
        loss = builder.Add(new LossGradient(graph.Output));
        gradients._gradients[graph.Output] = loss;
        foreach (var node in Enumerable.Reverse(forward))
        {
            if (node is Variance || !gradients._learned.Contains(node)) continue;
            builder.Differentiate(node, node.Name + "Gradient");
            if (node is Mean mean) gradients.Of(mean);
            else if (gradients._gradients.TryGetValue(node, out var gradient)) gradients.Of(node, gradient);
        }

        return graph.Parameters.Where(gradients._gradients.ContainsKey)
            .Select(parameter => new ParameterGradient(parameter, gradients._gradients[parameter])).ToList();
    }

    private void Of(Node node, Node gradient)
    {
        switch (node)
        {
            case Contract contract:
                Give(contract.Weight, () => _graph.Add(new ContractWeightGradient(node.Name + "WeightGradient", contract, gradient)));
                if (contract.Bias is { } bias) Give(bias, () => _graph.SumOfBatch(gradient));
                Give(contract.X, () => _graph.Add(new ContractInputGradient(node.Name + "InputGradient", contract, gradient)));
                break;
            case Pool pool:
                Give(pool.X, () => _graph.Add(new PoolAdjoint(node.Name + "Unpooled", pool, gradient)));
                break;
            case PixelSum sum:
                // The sum's gradient is that of each pixel: a broadcast.
                Give(sum.X, () => gradient.Shape.Equals(sum.X.Shape) ? gradient : _graph.Add(new Pointwise(node.Name + "Spread", node.Layer, sum.X.Shape, Scope.Image, new Input(0), gradient)));
                break;
            case Reshape reshape:
                Give(reshape.X, () => _graph.Reshape(gradient, reshape.X.Shape));
                break;
            case Concat concat:
                int first = 0;
                foreach (var input in concat.Inputs)
                {
                    int from = first;
                    Give(input, () => _graph.Slice(gradient, from, input.Shape));
                    first += input.Shape.Channels;
                }

                break;
            case Pointwise pointwise:
                for (int i = 0; i < pointwise.Inputs.Count; i++)
                {
                    int index = i;
                    Give(pointwise.Inputs[i], () => Slope(pointwise, index, gradient));
                }

                break;
        }
    }

    /// <summary>dx = present * (dmean / n + dvariance * 2 (x - mean) / n), n being the values of a channel in the batch.</summary>
    private void Of(Mean mean)
    {
        float pixels = mean.X.Shape.Height * mean.X.Shape.Width;
        _gradients.TryGetValue(mean, out var byMean);
        _gradients.TryGetValue(mean.Variance!, out var byVariance);
        if (byMean is null || byVariance is null) return;
        var constant = _graph.Pointwise(new Input(0) * new Input(1) * (1 / pixels), [byMean, _graph.ImagesReciprocal]);
        var slope = _graph.Pointwise(new Input(0) * new Input(1) * (2 / pixels), [byVariance, _graph.ImagesReciprocal]);
        Give(mean.X, () => _graph.Pointwise(
            new Present() * MultiplyAdd(new Input(0) - new Input(1), new Input(2), new Input(3)), [mean.X, mean, slope, constant]));
    }

    private Node? Slope(Pointwise of, int index, Node gradient)
    {
        var inputs = of.Inputs.Concat([of, gradient]).ToList();
        var slope = of.Slopes.TryGetValue(index, out var given) ? given : Derivative.Of(of.Formula, index);
        if (Derivative.Times(new Input(inputs.Count - 1), slope) is not { } formula) return null;
        var input = of.Inputs[index];
        var result = formula is Input { Index: var only } ? inputs[only] : _graph.Compact(formula, inputs);
        if (input.Scope == Scope.Batch) return result.Scope == Scope.Image ? _graph.SumOfBatch(result) : result;
        return input.Shape.Length < of.Shape.Length ? _graph.SumOfPixels(result) : result;
    }

    /// <summary>Adds a reader's part to the gradient of what it reads.</summary>
    private void Give(Node to, Func<Node?> part)
    {
        if (!_learned.Contains(to) || part() is not { } gradient) return;
        _gradients[to] = _gradients.TryGetValue(to, out var known) ? _graph.Pointwise(new Input(0) + new Input(1), [known, gradient]) : gradient;
    }
}
