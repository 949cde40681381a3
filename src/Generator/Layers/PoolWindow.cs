using StaticCnn.Generator.Declaration;
using StaticCnn.Generator.Network;

namespace StaticCnn.Generator.Layers;

/// <summary>The window of a pooling, as its attribute declares it.</summary>
internal static class PoolWindow
{
    private const int LargestDilation = 4096;

    /// <summary>The window, and the output's shape in the context; null after a mistake.</summary>
    public static Window? Resolve(LayerContext context, bool hasDilation)
    {
        var declared = context.Declared;
        var (height, width) = (declared.Int("windowHeight") ?? declared.Int("window")!.Value, declared.Int("windowWidth") ?? declared.Int("window")!.Value);
        var stride = context.Pair("Stride", height, width);
        var padding = context.Pair("Padding", 0, 0);
        var dilation = hasDilation ? context.Pair("Dilation", 1, 1) : (Height: 1, Width: 1);
        bool valid = context.Checks.BothAtLeast(1, "window", height, width);

        // An unset stride is the window; its mistake is already told.
        valid = valid && (context.Checks.BothAtLeast(1, "Stride", stride.Height, stride.Width)
            & context.Checks.BothBetween(1, LargestDilation, "Dilation", dilation.Height, dilation.Width)
            & context.Checks.BothAtLeast(0, "Padding", padding.Height, padding.Width));
        if (valid && (padding.Height > height / 2 || padding.Width > width / 2))
        {
            context.Report(Fault.PaddingTooLarge, SmallerPadding(declared, height, width), declared.Kind, LayerContext.Size(padding), LayerContext.Size((height, width)));
            valid = false;
        }

        if (context.TakeImage(valid) is not { } input) return null;
        long spanHeight = (height - 1L) * dilation.Height + 1, spanWidth = (width - 1L) * dilation.Width + 1;
        if (spanHeight > input.Height + 2L * padding.Height || spanWidth > input.Width + 2L * padding.Width)
        {
            context.Report(
                Fault.WindowLargerThanInput,
                dilation is (1, 1) ? Setting.Both("window", Math.Min(height, input.Height), Math.Min(width, input.Width)) : Setting.Both("Dilation", 1, 1),
                declared.Kind, "window", FormattableString.Invariant($"{spanHeight}x{spanWidth}"), LayerContext.Size((input.Height, input.Width)));
            return null;
        }

        bool isCeiled = declared.Bool("CeilMode") ?? false;
        int rows = Steps(input.Height, (int)spanHeight, stride.Height, padding.Height, isCeiled);
        int columns = Steps(input.Width, (int)spanWidth, stride.Width, padding.Width, isCeiled);
        if (!context.GiveImage(input.Channels, rows, columns)) return null;
        return new Window(
            new Axis(input.Height, rows, height, stride.Height, dilation.Height, padding.Height, padding.Height),
            new Axis(input.Width, columns, width, stride.Width, dilation.Width, padding.Width, padding.Width));
    }

    /// <summary>PyTorch's count: with the last window rounded up, unless it would begin behind the image and the padding on the left.</summary>
    private static int Steps(int size, int span, int stride, int padding, bool isCeiled)
    {
        long free = size + 2L * padding - span;
        long steps = (isCeiled ? (free + stride - 1) / stride : free / stride) + 1;
        if (isCeiled && (steps - 1) * stride >= size + padding) steps--;
        return (int)steps;
    }

    /// <summary>Half the window, by the options that set the padding now.</summary>
    private static EquatableArray<Setting> SmallerPadding(LayerDeclaration declared, int height, int width)
    {
        var settings = new List<Setting>();
        if (declared.Int("PaddingHeight") is not null) settings.Add(new("PaddingHeight", height / 2));
        if (declared.Int("PaddingWidth") is not null) settings.Add(new("PaddingWidth", width / 2));
        if (declared.Int("Padding") is not null) settings.Add(new("Padding", Math.Min(height, width) / 2));
        return settings.ToEquatableArray();
    }
}
