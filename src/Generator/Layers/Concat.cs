using StaticCnn.Generator.Network;

namespace StaticCnn.Generator.Layers;

/// <summary>[Concat(sources)].</summary>
internal sealed record Concat : Layer
{
    public override string Stem => "concat";

    public override bool Joins => true;

    public override Node Build(GraphBuilder g) => g.Concat(g.Inputs);

    public override Layer? Resolve(LayerContext context)
    {
        if (context.Inputs is not { } inputs) return null;
        var first = inputs[0];
        if (inputs.Any(input => (input.Height, input.Width, input.IsVector) != (first.Height, first.Width, first.IsVector)))
        {
            context.DoNotJoin("the same height and width");
            return null;
        }

        context.Output = first with { Channels = inputs.Sum(input => input.Channels) };
        return context.CheckTensor(context.Output.Length, $"The output of {context.Name}") ? new Concat() : null;
    }
}
