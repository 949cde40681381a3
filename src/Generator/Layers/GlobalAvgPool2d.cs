using StaticCnn.Generator.Network;

namespace StaticCnn.Generator.Layers;

/// <summary>[GlobalAvgPool2d].</summary>
internal sealed record GlobalAvgPool2d : Layer
{
    public override string Stem => "pool";

    public override Node Build(GraphBuilder g) => g.Pointwise(g.SumOfPixels(g.Input), sum => sum * (1f / (Input.Height * Input.Width)));

    public override Layer? Resolve(LayerContext context) =>
        context.TakeImage(valid: true) is { } input && context.GiveImage(input.Channels, 1, 1) ? new GlobalAvgPool2d() : null;
}
