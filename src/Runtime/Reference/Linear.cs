namespace StaticCnn.Reference;

/// <summary>A fully connected layer for one image. input (n), weight (m,n), bias (m) or empty, output (m).</summary>
public static class Linear
{
    /// <summary>output[o] = bias[o] + sum over i of weight[o,i] * input[i].</summary>
    public static void Forward(
        ReadOnlySpan<float> input, ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, Span<float> output)
    {
        for (int o = 0; o < output.Length; o++)
        {
            double sum = bias.IsEmpty ? 0 : bias[o];
            for (int i = 0; i < input.Length; i++) sum += (double)weight[o * input.Length + i] * input[i];
            output[o] = (float)sum;
        }
    }

    /// <summary>
    /// inputGradient[i] = sum over o of weight[o,i] * outputGradient[o];
    /// weightGradient[o,i] += outputGradient[o] * input[i]; biasGradient[o] += outputGradient[o].
    /// </summary>
    public static void Backward(
        ReadOnlySpan<float> input, ReadOnlySpan<float> weight, ReadOnlySpan<float> outputGradient,
        Span<float> inputGradient, Span<double> weightGradient, Span<double> biasGradient)
    {
        for (int i = 0; i < input.Length; i++)
        {
            double sum = 0;
            for (int o = 0; o < outputGradient.Length; o++)
            {
                sum += (double)weight[o * input.Length + i] * outputGradient[o];
                weightGradient[o * input.Length + i] += (double)outputGradient[o] * input[i];
            }
            inputGradient[i] = (float)sum;
        }
        for (int o = 0; o < biasGradient.Length; o++) biasGradient[o] += outputGradient[o];
    }
}
