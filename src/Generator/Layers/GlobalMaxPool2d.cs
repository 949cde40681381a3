using StaticCnn.Generator.Network;

namespace StaticCnn.Generator.Layers;

/// <summary>[GlobalMaxPool2d].</summary>
internal sealed record GlobalMaxPool2d : Layer
{
    public override string Stem => "pool";

    public override Node Build(GraphBuilder g) => g.MaxPool(new Window(new Axis(Input.Height, 1, Input.Height), new Axis(Input.Width, 1, Input.Width)), g.Input);

    public override Layer? Resolve(LayerContext context) =>
        context.TakeImage(valid: true) is { } input && context.GiveImage(input.Channels, 1, 1) ? new GlobalMaxPool2d() : null;
}
