using StaticCnn.Generator.Declaration;
using StaticCnn.Generator.Network;

namespace StaticCnn.Generator.Layers;

/// <summary>[Flatten].</summary>
internal sealed record Flatten : Layer
{
    public override string Stem => "flatten";

    public override bool IsUsuallyAlone => true;

    public override Node Build(GraphBuilder g) => g.Reshape(g.Input, Output);

    public override Layer? Resolve(LayerContext context)
    {
        if (context.Form == Form.Vector) context.Report(Fault.ImageLayerAfterFlatten, "Flatten");
        context.Form = Form.Vector;
        context.Output = context.Input is { } input ? Shape.Vector(input.Length) : null;
        return context.Known(new Flatten());
    }
}
