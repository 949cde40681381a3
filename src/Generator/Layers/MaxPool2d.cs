using StaticCnn.Generator.Network;

namespace StaticCnn.Generator.Layers;

/// <summary>[MaxPool2d(window)].</summary>
internal sealed record MaxPool2d : Layer
{
    public int WindowHeight { get; init; }

    public int WindowWidth { get; init; }

    public int StrideHeight { get; init; }

    public int StrideWidth { get; init; }

    /// <summary>How the window slides.</summary>
    public Window Window { get; init; } = new(Axis.One, Axis.One);

    /// <summary>Whether each input value belongs to at most one window.</summary>
    public bool IsDisjoint => StrideHeight >= WindowHeight && StrideWidth >= WindowWidth;

    public override string Stem => "pool";

    public override string Summary => FormattableString.Invariant($" {WindowHeight}x{WindowWidth}");

    public override Node Build(GraphBuilder g) => g.MaxPool(Window, g.Input);

    public override Layer? Resolve(LayerContext context)
    {
        if (PoolWindow.Resolve(context, hasDilation: true) is not { } window) return null;
        return new MaxPool2d
        {
            Window = window,
            WindowHeight = window.Rows.Size,
            WindowWidth = window.Columns.Size,
            StrideHeight = window.Rows.Stride,
            StrideWidth = window.Columns.Stride,
        };
    }
}
