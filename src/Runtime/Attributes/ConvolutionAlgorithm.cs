namespace StaticCnn;

/// <summary>How a convolution is computed; the result is the same up to rounding.</summary>
public enum ConvolutionAlgorithm
{
    /// <summary>The generator's cost model chooses.</summary>
    Auto,

    /// <summary>Every product of the definition, in register tiles.</summary>
    Direct,

    /// <summary>Winograd's minimal filtering where stride is 1: fewer multiplications, a little more rounding.</summary>
    Winograd,
}
