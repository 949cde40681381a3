namespace StaticCnn.Generator.Network;

/// <summary>The values of <c>StaticCnn.ConvolutionAlgorithm</c>, in its order.</summary>
internal enum Algorithm
{
    Auto,
    Direct,
    Winograd,
}
