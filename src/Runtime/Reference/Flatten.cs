namespace StaticCnn.Reference;

/// <summary>input (C,H,W) as output (C*H*W): the same values in the same order.</summary>
public static class Flatten
{
    /// <summary>output = input.</summary>
    public static void Forward(ReadOnlySpan<float> input, Span<float> output) => input.CopyTo(output);

    /// <summary>inputGradient = outputGradient.</summary>
    public static void Backward(ReadOnlySpan<float> outputGradient, Span<float> inputGradient) => outputGradient.CopyTo(inputGradient);
}
