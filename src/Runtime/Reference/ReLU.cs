namespace StaticCnn.Reference;

/// <summary>The positive part, element by element. input and output of one shape.</summary>
public static class ReLU
{
    /// <summary>output = max(0, input).</summary>
    public static void Forward(ReadOnlySpan<float> input, Span<float> output)
    {
        for (int i = 0; i < input.Length; i++) output[i] = MathF.Max(0, input[i]);
    }

    /// <summary>The gradient passes where the input is above 0; at exactly 0 it is 0, as in PyTorch.</summary>
    public static void Backward(ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> inputGradient)
    {
        for (int i = 0; i < input.Length; i++) inputGradient[i] = input[i] > 0 ? outputGradient[i] : 0;
    }
}
