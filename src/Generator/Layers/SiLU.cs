using StaticCnn.Generator.Network;

namespace StaticCnn.Generator.Layers;

/// <summary>[SiLU].</summary>
internal sealed record SiLU : Layer
{
    public override string Stem => "silu";

    public override bool KeepsShape => true;

    public override Node Build(GraphBuilder g) => g.Pointwise(g.Input, x => x * Formulas.Sigmoid(x));

    public override Layer? Resolve(LayerContext context) => context.Same(new SiLU());
}
