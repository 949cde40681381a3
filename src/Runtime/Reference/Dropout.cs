using StaticCnn.Generated;

namespace StaticCnn.Reference;

/// <summary>
/// Inverted dropout of one image. input and output of one shape; the mask of element i is that of unit i in
/// <see cref="DropoutLanes"/>, so that the reference drops what the generated trainer drops.
/// </summary>
public static class Dropout
{
    /// <summary>output[i] = input[i]/(1-probability), or 0 where element i is dropped.</summary>
    /// <param name="key">The image's key, of <see cref="DropoutKeys"/>.</param>
    /// <param name="probability">Probability of dropping a value, in [0,1).</param>
    /// <param name="input">The values.</param>
    /// <param name="output">Receives the values.</param>
    public static void Forward(uint key, float probability, ReadOnlySpan<float> input, Span<float> output)
    {
        uint threshold = DropoutLanes.Threshold(probability);
        float kept = DropoutLanes.Kept(probability);
        for (int i = 0; i < input.Length; i++) output[i] = input[i] * DropoutLanes.Scale(key, (uint)i, threshold, kept);
    }

    /// <summary>The gradient is scaled as the value was.</summary>
    public static void Backward(uint key, float probability, ReadOnlySpan<float> outputGradient, Span<float> inputGradient) =>
        Forward(key, probability, outputGradient, inputGradient);
}
