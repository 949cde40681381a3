using StaticCnn.Generator.Network;

namespace StaticCnn.Generator.Layers;

/// <summary>[ReLU6].</summary>
internal sealed record ReLU6 : Layer
{
    public override string Stem => "relu";

    public override bool KeepsShape => true;

    public override Node Build(GraphBuilder g) => g.Pointwise(g.Input, x => Min(6f, Relu(x)), y => Select(Greater(y, 0f), Select(Greater(6f, y), 1f, 0f), 0f));

    public override Layer? Resolve(LayerContext context) => context.Same(new ReLU6());
}
