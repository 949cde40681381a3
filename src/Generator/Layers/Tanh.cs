using StaticCnn.Generator.Network;

namespace StaticCnn.Generator.Layers;

/// <summary>[Tanh].</summary>
internal sealed record Tanh : Layer
{
    public override string Stem => "tanh";

    public override bool KeepsShape => true;

    public override Node Build(GraphBuilder g) => g.Pointwise(g.Input, Formulas.Tanh, y => 1f - y * y);

    public override Layer? Resolve(LayerContext context) => context.Same(new Tanh());
}
