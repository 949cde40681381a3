using StaticCnn.Generator.Network;

namespace StaticCnn.Generator.Layers;

/// <summary>[ReLU].</summary>
internal sealed record ReLU : Layer
{
    public override string Stem => "relu";

    public override bool KeepsShape => true;

    public override Node Build(GraphBuilder g) => g.Pointwise(g.Input, Relu, GraphBuilder.PositiveSlope);

    public override Layer? Resolve(LayerContext context) => context.Same(new ReLU());
}
