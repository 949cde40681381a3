using StaticCnn.Generator.Declaration;
using StaticCnn.Generator.Network;

namespace StaticCnn.Generator.Layers;

/// <summary>[Linear(outFeatures)].</summary>
internal sealed record Linear : Layer
{
    public bool HasBias { get; init; }

    public override string Stem => "fc";

    public override bool Learns => true;

    public override string WidthOption => "outFeatures";

    public override long MultiplyAdds => (long)Input.Length * Output.Length;

    public override IEnumerable<ParameterShape> Parameters
    {
        get
        {
            yield return new("weight", new[] { Output.Length, Input.Length }.ToEquatableArray(), Input.Length, Rows: Output.Length);
            if (HasBias) yield return new("bias", new[] { Output.Length }.ToEquatableArray(), Input.Length);
        }
    }

    public override Node Build(GraphBuilder g) => g.Contract(
        new Window(Axis.One, Axis.One), g.Input, g.Parameter("weight")!, g.Parameter("bias"), isMatrix: true);

    public override Layer? Resolve(LayerContext context)
    {
        int outs = context.Declared.Int("outFeatures")!.Value;
        bool valid = context.Checks.AtLeast(1, "outFeatures", outs);
        if (context.Form == Form.Image) context.Report(Fault.LinearBeforeFlatten, context.Input?.ToString() ?? "[C,H,W]");
        context.Form = Form.Vector;
        if (!valid || !context.CheckTensor(outs, $"The output of {context.Name}")) return null;
        context.Output = Shape.Vector(outs);
        if (context.Input is not { } input) return null;
        return context.CheckTensor((decimal)outs * input.Length, $"{context.Name}.weight")
            ? new Linear { HasBias = context.Declared.Bool("Bias") ?? true }
            : null;
    }
}
