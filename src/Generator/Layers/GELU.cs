using StaticCnn.Generator.Network;

namespace StaticCnn.Generator.Layers;

/// <summary>[GELU].</summary>
internal sealed record GELU : Layer
{
    public override string Stem => "gelu";

    public override bool KeepsShape => true;

    public override Node Build(GraphBuilder g) => g.Pointwise(g.Input, x => x * (0.5f + 0.5f * Erf(x * 0.70710678f)));

    public override Layer? Resolve(LayerContext context) => context.Same(new GELU());
}
