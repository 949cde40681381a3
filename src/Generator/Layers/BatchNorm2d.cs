using StaticCnn.Generator.Network;

namespace StaticCnn.Generator.Layers;

/// <summary>[BatchNorm2d].</summary>
internal sealed record BatchNorm2d : Layer
{
    public float Epsilon { get; init; }

    public float Momentum { get; init; }

    public override string Stem => "bn";

    public override bool Learns => true;

    public override bool KeepsShape => true;

    public override IEnumerable<ParameterShape> Parameters => BatchNormalization.Parameters(Input.Channels);

    public override Node Build(GraphBuilder g) => BatchNormalization.Build(g, Epsilon, Momentum);

    public override Layer? Resolve(LayerContext context)
    {
        float epsilon = context.Declared.Float("Epsilon") ?? 1e-5f, momentum = context.Declared.Float("Momentum") ?? 0.1f;
        bool valid = BatchNormalization.Check(context, epsilon, momentum);
        if (context.TakeImage(valid) is not { } input) return null;
        context.Output = input;
        return valid ? context.Known(new BatchNorm2d { Epsilon = epsilon, Momentum = momentum }) : null;
    }
}
