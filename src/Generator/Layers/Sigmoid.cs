using StaticCnn.Generator.Network;

namespace StaticCnn.Generator.Layers;

/// <summary>[Sigmoid].</summary>
internal sealed record Sigmoid : Layer
{
    public override string Stem => "sigmoid";

    public override bool KeepsShape => true;

    public override Node Build(GraphBuilder g) => g.Pointwise(g.Input, Formulas.Sigmoid, y => y * (1f - y));

    public override Layer? Resolve(LayerContext context) => context.Same(new Sigmoid());
}
