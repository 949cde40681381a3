using StaticCnn.Generator.Network;

namespace StaticCnn.Generator.Layers;

/// <summary>[HardSwish].</summary>
internal sealed record HardSwish : Layer
{
    public override string Stem => "hardswish";

    public override bool KeepsShape => true;

    public override Node Build(GraphBuilder g) => g.Pointwise(g.Input, x => x * Min(6f, Relu(x + 3f)) * (1f / 6));

    public override Layer? Resolve(LayerContext context) => context.Same(new HardSwish());
}
