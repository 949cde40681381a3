using StaticCnn.Generator.Declaration;
using StaticCnn.Generator.Network;

namespace StaticCnn.Generator.Layers;

/// <summary>What [BatchNorm1d] and [BatchNorm2d] have in common: all but the form of what they take in.</summary>
internal static class BatchNormalization
{
    public static IEnumerable<ParameterShape> Parameters(int channels)
    {
        var shape = new[] { channels }.ToEquatableArray();
        yield return new("weight", shape, channels) { Initial = 1 };
        yield return new("bias", shape, channels) { Initial = 0 };
        yield return new("running_mean", shape, channels) { Initial = 0, IsState = true };
        yield return new("running_var", shape, channels) { Initial = 1, IsState = true };
        yield return new("num_batches_tracked", EquatableArray<int>.Empty, 1) { Initial = 0, IsState = true, IsCount = true };
    }

    /// <summary>(x - mean) / sqrt(variance + epsilon) * weight + bias.</summary>
    public static Node Build(GraphBuilder g, float epsilon, float momentum)
    {
        Node weight = g.Parameter("weight")!, bias = g.Parameter("bias")!;
        ParameterNode runningMean = g.Parameter("running_mean")!, runningVariance = g.Parameter("running_var")!;
        if (!g.IsTraining)
        {
            var scale = g.Pointwise(new Input(0) / Sqrt(new Input(1) + epsilon), [weight, runningVariance]);
            var shift = g.Pointwise(new Input(0) - new Input(1) * new Input(2), [bias, runningMean, scale]);
            return g.Affine(g.Input, scale, shift);
        }

        var mean = g.Mean(g.Input);
        g.Update(new(runningMean, mean, StateKind.Mean, momentum));
        g.Update(new(runningVariance, mean, StateKind.Variance, momentum));
        g.Update(new(g.Parameter("num_batches_tracked")!, mean, StateKind.Count, momentum));
        var inverse = g.Pointwise(mean.Variance!, variance => 1f / Sqrt(variance + epsilon));

        // By its inverse deviation the value changes as it is, over that: so its gradient's sums are those of the weight.
        var normal = g.Pointwise(
            (new Input(0) - new Input(1)) * new Input(2), [g.Input, mean, inverse],
            new Dictionary<int, Value> { [0] = new Input(2), [1] = new Input(2) * -1f, [2] = new Input(3) / new Input(2) });
        return g.Pointwise(MultiplyAdd(new Input(0), new Input(1), new Input(2)), [normal, weight, bias]);
    }

    public static bool Check(LayerContext context, float epsilon, float momentum)
    {
        if (epsilon is not (> 0 and <= float.MaxValue))
            context.Report(Fault.SizeOutOfRange, Setting.One("Epsilon", ""), context.Declared.Kind, "Epsilon", "a finite number above 0", FormattableString.Invariant($"{epsilon}"));
        if (momentum is not (>= 0 and <= 1))
            context.Report(Fault.SizeOutOfRange, Setting.One("Momentum", ""), context.Declared.Kind, "Momentum", "0 to 1", FormattableString.Invariant($"{momentum}"));
        return epsilon is > 0 and <= float.MaxValue && momentum is >= 0 and <= 1;
    }
}
