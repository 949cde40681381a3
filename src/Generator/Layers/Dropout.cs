using StaticCnn.Generator.Declaration;
using StaticCnn.Generator.Network;

namespace StaticCnn.Generator.Layers;

/// <summary>[Dropout(probability)].</summary>
internal sealed record Dropout : Layer
{
    public float Probability { get; init; }

    public override string Stem => "dropout";

    public override bool KeepsShape => true;

    public override string Summary => FormattableString.Invariant($" {Probability}");

    public override Node Build(GraphBuilder g) => g.IsTraining ? g.Pointwise(g.Input, x => x * new DropoutFactor(g.Layer)) : g.Input;

    public override Layer? Resolve(LayerContext context)
    {
        float probability = context.Declared.Float("probability")!.Value;
        if (probability is not (>= 0 and < 1))
        {
            // 20 means 20 %.
            var remedy = probability is > 1 and < 100
                ? Setting.One("probability", FormattableString.Invariant($"{probability / 100}f"))
                : EquatableArray<Setting>.Empty;
            context.Report(Fault.DropoutOutOfRange, remedy, FormattableString.Invariant($"{probability}"));
        }

        return context.Same(new Dropout { Probability = probability });
    }
}
