namespace StaticCnn.Generator.Network;

/// <summary>One layer with its shapes resolved.</summary>
internal abstract record Layer(string Name, Shape Input, Shape Output)
{
    /// <summary>Multiply-adds of the forward pass for one image, by the direct definition.</summary>
    public virtual long MultiplyAdds => 0;
}

internal sealed record Conv2dLayer(
    string Name,
    Shape Input,
    Shape Output,
    int KernelHeight,
    int KernelWidth,
    int StrideHeight,
    int StrideWidth,
    int PaddingHeight,
    int PaddingWidth,
    bool HasBias,
    Algorithm Algorithm) : Layer(Name, Input, Output)
{
    public int Taps => KernelHeight * KernelWidth;

    public override long MultiplyAdds => (long)Output.Length * Input.Channels * Taps;
}

internal sealed record MaxPool2dLayer(
    string Name, Shape Input, Shape Output, int WindowHeight, int WindowWidth, int StrideHeight, int StrideWidth)
    : Layer(Name, Input, Output)
{
    /// <summary>Whether each input value belongs to at most one window.</summary>
    public bool IsDisjoint => StrideHeight >= WindowHeight && StrideWidth >= WindowWidth;
}

internal sealed record ReluLayer(string Name, Shape Input, Shape Output) : Layer(Name, Input, Output);

internal sealed record FlattenLayer(string Name, Shape Input, Shape Output) : Layer(Name, Input, Output);

internal sealed record LinearLayer(string Name, Shape Input, Shape Output, bool HasBias) : Layer(Name, Input, Output)
{
    public override long MultiplyAdds => (long)Input.Length * Output.Length;
}

internal sealed record DropoutLayer(string Name, Shape Input, Shape Output, float Probability) : Layer(Name, Input, Output);

/// <summary>The values of <c>StaticCnn.ConvolutionAlgorithm</c>, in its order.</summary>
internal enum Algorithm
{
    Auto,
    Direct,
    Winograd,
}
