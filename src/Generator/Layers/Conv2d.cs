using StaticCnn.Generator.Declaration;
using StaticCnn.Generator.Network;

namespace StaticCnn.Generator.Layers;

/// <summary>[Conv2d(outChannels, kernel)].</summary>
internal sealed record Conv2d : Layer
{
    private const int LargestKernel = 11;

    public int KernelHeight { get; init; }

    public int KernelWidth { get; init; }

    public int StrideHeight { get; init; }

    public int StrideWidth { get; init; }

    public int PaddingHeight { get; init; }

    public int PaddingWidth { get; init; }

    public bool HasBias { get; init; }

    public Algorithm Algorithm { get; init; }

    public int Taps => KernelHeight * KernelWidth;

    public override string Stem => "conv";

    public override bool Learns => true;

    public override string WidthOption => "outChannels";

    public override string Summary => FormattableString.Invariant($" {KernelHeight}x{KernelWidth}");

    public override long MultiplyAdds => (long)Output.Length * Input.Channels * Taps;

    public override IEnumerable<ParameterShape> Parameters
    {
        get
        {
            int fanIn = Input.Channels * Taps;
            yield return new("weight", new[] { Output.Channels, Input.Channels, KernelHeight, KernelWidth }.ToEquatableArray(), fanIn);
            if (HasBias) yield return new("bias", new[] { Output.Channels }.ToEquatableArray(), fanIn);
        }
    }

    public override Layer? Resolve(LayerContext context)
    {
        var declared = context.Declared;
        int outs = declared.Int("outChannels")!.Value;
        var (height, width) = (declared.Int("kernelHeight") ?? declared.Int("kernel")!.Value, declared.Int("kernelWidth") ?? declared.Int("kernel")!.Value);
        var stride = context.Pair("Stride", 1, 1);
        var padding = context.Pair("Padding", 0, 0);
        var algorithm = (Algorithm)(declared.Int("Algorithm") ?? 0);

        var checks = context.Checks;
        bool valid = checks.AtLeast(1, "outChannels", outs)
            & checks.BothBetween(1, LargestKernel, "kernel", height, width)
            & checks.BothAtLeast(1, "Stride", stride.Height, stride.Width)
            & checks.BothAtLeast(0, "Padding", padding.Height, padding.Width)
            & checks.Between((int)Algorithm.Auto, (int)Algorithm.Winograd, "Algorithm", (int)algorithm);
        if (valid && (padding.Height >= height || padding.Width >= width))
        {
            context.Report(Fault.PaddingTooLarge, SmallerPadding(declared, height, width), "Conv2d", LayerContext.Size(padding), LayerContext.Size((height, width)));
            valid = false;
        }

        if (context.TakeImage(valid) is not { } input) return null;
        int rows = Steps(input.Height, height, stride.Height, padding.Height);
        int columns = Steps(input.Width, width, stride.Width, padding.Width);
        if (rows < 1 || columns < 1)
        {
            var (paddedHeight, paddedWidth) = (input.Height + 2 * padding.Height, input.Width + 2 * padding.Width);
            string available = LayerContext.Size((paddedHeight, paddedWidth)) + (padding is { Height: 0, Width: 0 } ? "" : " (padding included)");
            context.Report(
                Fault.WindowLargerThanInput, Setting.Both("kernel", Math.Min(height, paddedHeight), Math.Min(width, paddedWidth)),
                "Conv2d", "kernel", LayerContext.Size((height, width)), available);
            return null;
        }

        decimal weights = (decimal)outs * input.Channels * (height * width);
        if (!context.CheckTensor(weights, $"{context.Name}.weight") || !context.GiveImage(outs, rows, columns)) return null;
        return new Conv2d
        {
            KernelHeight = height,
            KernelWidth = width,
            StrideHeight = stride.Height,
            StrideWidth = stride.Width,
            PaddingHeight = padding.Height,
            PaddingWidth = padding.Width,
            HasBias = declared.Bool("Bias") ?? true,
            Algorithm = algorithm,
        };
    }

    /// <summary>Half the kernel, which keeps the size of the image, by the options that set the padding now.</summary>
    private static EquatableArray<Setting> SmallerPadding(LayerDeclaration declared, int height, int width)
    {
        var settings = new List<Setting>();
        if (declared.Int("PaddingHeight") is not null) settings.Add(new("PaddingHeight", (height - 1) / 2));
        if (declared.Int("PaddingWidth") is not null) settings.Add(new("PaddingWidth", (width - 1) / 2));
        if (declared.Int("Padding") is not null) settings.Add(new("Padding", (Math.Min(height, width) - 1) / 2));
        return settings.ToEquatableArray();
    }

    /// <summary>PyTorch's floor((size + 2 padding - window) / stride) + 1, and 0 where the window does not fit.</summary>
    private static int Steps(int size, int window, int stride, int padding) =>
        size + 2 * padding < window ? 0 : (size + 2 * padding - window) / stride + 1;
}
