using StaticCnn.Generator.Network;

namespace StaticCnn.Generator.Layers;

/// <summary>[AvgPool2d(window)].</summary>
internal sealed record AvgPool2d : Layer
{
    public Window Window { get; init; } = new(Axis.One, Axis.One);

    public bool CountsPadding { get; init; }

    public override string Stem => "pool";

    public override string Summary => FormattableString.Invariant($" {Window.Rows.Size}x{Window.Columns.Size}");

    public override Node Build(GraphBuilder g) => g.AveragePool(Window, g.Input, CountsPadding);

    public override Layer? Resolve(LayerContext context) => PoolWindow.Resolve(context, hasDilation: false) is { } window
        ? new AvgPool2d { Window = window, CountsPadding = context.Declared.Bool("CountIncludePad") ?? true }
        : null;
}
