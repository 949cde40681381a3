namespace StaticCnn.Generator.Declaration;

/// <summary>One layer attribute as it is written. An option that is not set is null.</summary>
internal abstract record LayerDeclaration(string? Name)
{
    /// <summary>The attribute as the user writes it.</summary>
    public abstract string Kind { get; }
}

internal sealed record Conv2dDeclaration(string? Name, int OutChannels, int KernelHeight, int KernelWidth)
    : LayerDeclaration(Name)
{
    public int? Stride { get; init; }

    public int? StrideHeight { get; init; }

    public int? StrideWidth { get; init; }

    public int? Padding { get; init; }

    public int? PaddingHeight { get; init; }

    public int? PaddingWidth { get; init; }

    public bool? Bias { get; init; }

    /// <summary>The value of <c>StaticCnn.ConvolutionAlgorithm</c>.</summary>
    public int? Algorithm { get; init; }

    public override string Kind => "Conv2d";
}

internal sealed record MaxPool2dDeclaration(string? Name, int WindowHeight, int WindowWidth) : LayerDeclaration(Name)
{
    public int? Stride { get; init; }

    public int? StrideHeight { get; init; }

    public int? StrideWidth { get; init; }

    public override string Kind => "MaxPool2d";
}

internal sealed record ReluDeclaration(string? Name = null) : LayerDeclaration(Name)
{
    public override string Kind => "ReLU";
}

internal sealed record FlattenDeclaration(string? Name = null) : LayerDeclaration(Name)
{
    public override string Kind => "Flatten";
}

internal sealed record LinearDeclaration(string? Name, int OutFeatures) : LayerDeclaration(Name)
{
    public bool? Bias { get; init; }

    public override string Kind => "Linear";
}

internal sealed record DropoutDeclaration(string? Name, float Probability) : LayerDeclaration(Name)
{
    public override string Kind => "Dropout";
}
