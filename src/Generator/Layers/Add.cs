using StaticCnn.Generator.Network;

namespace StaticCnn.Generator.Layers;

/// <summary>[Add(sources)].</summary>
internal sealed record Add : Layer
{
    public override string Stem => "add";

    public override bool Joins => true;

    public override Node Build(GraphBuilder g) => g.Inputs.Skip(1).Aggregate(
        g.Inputs[0], (sum, next) => g.Pointwise(new Input(0) + new Input(1), [sum, next]));

    public override Layer? Resolve(LayerContext context) => context.Broadcast(new Add());
}
