using StaticCnn.Generator.Declaration;
using StaticCnn.Generator.Network;

namespace StaticCnn.Generator.Layers;

/// <summary>[Conv2d(outChannels, kernel)].</summary>
internal sealed record Conv2d : Layer
{
    private const int LargestKernel = 11, LargestPadding = 4096;

    public int KernelHeight { get; init; }

    public int KernelWidth { get; init; }

    public int StrideHeight { get; init; }

    public int StrideWidth { get; init; }

    /// <summary>Rows of padding above.</summary>
    public int PaddingHeight { get; init; }

    /// <summary>Columns of padding on the left.</summary>
    public int PaddingWidth { get; init; }

    public int PaddingBottom { get; init; }

    public int PaddingRight { get; init; }

    public int DilationHeight { get; init; } = 1;

    public int DilationWidth { get; init; } = 1;

    public int Groups { get; init; } = 1;

    public bool HasBias { get; init; }

    public Algorithm Algorithm { get; init; }

    public int Taps => KernelHeight * KernelWidth;

    /// <summary>Input channels that one output channel reads.</summary>
    public int InsPerGroup => Input.Channels / Groups;

    public int OutsPerGroup => Output.Channels / Groups;

    /// <summary>Whether each channel is by itself.</summary>
    public bool IsDepthwise => Groups > 1 && Groups == Input.Channels && Groups == Output.Channels;

    public override string Stem => "conv";

    public override bool Learns => true;

    public override string WidthOption => "outChannels";

    public override string Summary => FormattableString.Invariant($" {KernelHeight}x{KernelWidth}");

    public override long MultiplyAdds => (long)Output.Length * InsPerGroup * Taps;

    public override IEnumerable<ParameterShape> Parameters
    {
        get
        {
            int fanIn = InsPerGroup * Taps;
            yield return new("weight", new[] { Output.Channels, InsPerGroup, KernelHeight, KernelWidth }.ToEquatableArray(), fanIn);
            if (HasBias) yield return new("bias", new[] { Output.Channels }.ToEquatableArray(), fanIn);
        }
    }

    public override Node Build(GraphBuilder g) => g.Contract(
        new Window(
            new Axis(Input.Height, Output.Height, KernelHeight, StrideHeight, DilationHeight, PaddingHeight, PaddingBottom),
            new Axis(Input.Width, Output.Width, KernelWidth, StrideWidth, DilationWidth, PaddingWidth, PaddingRight), Groups),
        g.Input, g.Parameter("weight")!, g.Parameter("bias"), algorithm: (int)Algorithm);

    public override Layer? Resolve(LayerContext context)
    {
        var declared = context.Declared;
        int outs = declared.Int("outChannels")!.Value, groups = declared.Int("Groups") ?? 1;
        var (height, width) = (declared.Int("kernelHeight") ?? declared.Int("kernel")!.Value, declared.Int("kernelWidth") ?? declared.Int("kernel")!.Value);
        var stride = context.Pair("Stride", 1, 1);
        var dilation = context.Pair("Dilation", 1, 1);
        var padding = context.Pair("Padding", 0, 0);
        var (top, bottom) = (declared.Int("PaddingTop") ?? padding.Height, declared.Int("PaddingBottom") ?? padding.Height);
        var (left, right) = (declared.Int("PaddingLeft") ?? padding.Width, declared.Int("PaddingRight") ?? padding.Width);
        var algorithm = (Algorithm)(declared.Int("Algorithm") ?? 0);

        var checks = context.Checks;
        bool valid = checks.AtLeast(1, "outChannels", outs)
            & checks.BothBetween(1, LargestKernel, "kernel", height, width)
            & checks.BothAtLeast(1, "Stride", stride.Height, stride.Width)
            & checks.BothBetween(1, LargestPadding, "Dilation", dilation.Height, dilation.Width)
            & (Math.Max(padding.Height, padding.Width) <= LargestPadding
                ? checks.BothAtLeast(0, "Padding", padding.Height, padding.Width)
                : checks.BothBetween(0, LargestPadding, "Padding", padding.Height, padding.Width))
            & Side("PaddingTop", top) & Side("PaddingBottom", bottom) & Side("PaddingLeft", left) & Side("PaddingRight", right)
            & checks.AtLeast(1, "Groups", groups)
            & checks.Between((int)Algorithm.Auto, (int)Algorithm.Winograd, "Algorithm", (int)algorithm);
        if (context.TakeImage(valid) is not { } input) return null;
        if (input.Channels % groups != 0 || outs % groups != 0)
        {
            context.Report(
                Fault.SizeOutOfRange, Setting.One("Groups", ""), "Conv2d", "Groups",
                FormattableString.Invariant($"a divisor of the {input.Channels} channels in and the {outs} out"), FormattableString.Invariant($"{groups}"));
            return null;
        }

        var (spanHeight, spanWidth) = ((height - 1) * dilation.Height + 1, (width - 1) * dilation.Width + 1);
        var (paddedHeight, paddedWidth) = (input.Height + top + bottom, input.Width + left + right);
        if (spanHeight > paddedHeight || spanWidth > paddedWidth)
        {
            string available = LayerContext.Size((paddedHeight, paddedWidth)) + (top + bottom + left + right == 0 ? "" : " (padding included)");
            context.Report(
                Fault.WindowLargerThanInput,
                dilation is (1, 1) ? Setting.Both("kernel", Math.Min(height, paddedHeight), Math.Min(width, paddedWidth)) : Setting.Both("Dilation", 1, 1),
                "Conv2d", "kernel", LayerContext.Size((spanHeight, spanWidth)), available);
            return null;
        }

        decimal weights = (decimal)outs * (input.Channels / groups) * (height * width);
        if (!context.CheckTensor(weights, $"{context.Name}.weight")
            || !context.GiveImage(outs, (paddedHeight - spanHeight) / stride.Height + 1, (paddedWidth - spanWidth) / stride.Width + 1)) return null;
        return new Conv2d
        {
            KernelHeight = height,
            KernelWidth = width,
            StrideHeight = stride.Height,
            StrideWidth = stride.Width,
            DilationHeight = dilation.Height,
            DilationWidth = dilation.Width,
            PaddingHeight = top,
            PaddingWidth = left,
            PaddingBottom = bottom,
            PaddingRight = right,
            Groups = groups,
            HasBias = declared.Bool("Bias") ?? true,
            Algorithm = algorithm,
        };

        bool Side(string option, int value) => declared.Int(option) is null || checks.Between(0, LargestPadding, option, value);
    }
}
