using StaticCnn.Generator.Network;

namespace StaticCnn.Generator.Layers;

/// <summary>[LeakyReLU(negativeSlope)].</summary>
internal sealed record LeakyReLU : Layer
{
    public float NegativeSlope { get; init; }

    public override string Stem => "relu";

    public override bool KeepsShape => true;

    public override string Summary => FormattableString.Invariant($" {NegativeSlope}");

    public override Node Build(GraphBuilder g) => g.Pointwise(g.Input, x => Select(Greater(x, 0f), x, x * NegativeSlope));

    public override Layer? Resolve(LayerContext context) => context.Same(new LeakyReLU { NegativeSlope = context.Declared.Float("negativeSlope") ?? 0.01f });
}
