using StaticCnn.Generator.Network;

namespace StaticCnn.Generator.Layers;

/// <summary>[HardSigmoid].</summary>
internal sealed record HardSigmoid : Layer
{
    public override string Stem => "hardsigmoid";

    public override bool KeepsShape => true;

    public override Node Build(GraphBuilder g) => g.Pointwise(g.Input, x => Min(6f, Relu(x + 3f)) * (1f / 6));

    public override Layer? Resolve(LayerContext context) => context.Same(new HardSigmoid());
}
