using StaticCnn.Generator.Declaration;
using StaticCnn.Generator.Network;

namespace StaticCnn.Generator.Layers;

/// <summary>[MaxPool2d(window)].</summary>
internal sealed record MaxPool2d : Layer
{
    public int WindowHeight { get; init; }

    public int WindowWidth { get; init; }

    public int StrideHeight { get; init; }

    public int StrideWidth { get; init; }

    /// <summary>Whether each input value belongs to at most one window.</summary>
    public bool IsDisjoint => StrideHeight >= WindowHeight && StrideWidth >= WindowWidth;

    public override string Stem => "pool";

    public override string Summary => FormattableString.Invariant($" {WindowHeight}x{WindowWidth}");

    public override Layer? Resolve(LayerContext context)
    {
        var declared = context.Declared;
        var (height, width) = (declared.Int("windowHeight") ?? declared.Int("window")!.Value, declared.Int("windowWidth") ?? declared.Int("window")!.Value);
        var stride = context.Pair("Stride", height, width);
        bool valid = context.Checks.BothAtLeast(1, "window", height, width);

        // An unset stride is the window; its mistake is already told.
        valid = valid && context.Checks.BothAtLeast(1, "Stride", stride.Height, stride.Width);
        if (context.TakeImage(valid) is not { } input) return null;
        if (height > input.Height || width > input.Width)
        {
            context.Report(
                Fault.WindowLargerThanInput, Setting.Both("window", Math.Min(height, input.Height), Math.Min(width, input.Width)),
                "MaxPool2d", "window", LayerContext.Size((height, width)), LayerContext.Size((input.Height, input.Width)));
            return null;
        }

        context.GiveImage(input.Channels, (input.Height - height) / stride.Height + 1, (input.Width - width) / stride.Width + 1);
        return new MaxPool2d { WindowHeight = height, WindowWidth = width, StrideHeight = stride.Height, StrideWidth = stride.Width };
    }
}
