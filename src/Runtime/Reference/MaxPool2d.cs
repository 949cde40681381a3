namespace StaticCnn.Reference;

/// <summary>
/// Max pooling of one image. input (C,H,W), output (C,P,Q) with P = (H-windowHeight)/stride+1 and Q likewise;
/// what does not fill a window is dropped.
/// </summary>
public static class MaxPool2d
{
    /// <summary>output[c,p,q] = the largest input[c, p*stride+i, q*stride+j] of the window.</summary>
    public static void Forward(LayerInfo layer, ReadOnlySpan<float> input, Span<float> output)
    {
        for (int i = 0; i < output.Length; i++) output[i] = input[Largest(layer, input, i)];
    }

    /// <summary>The gradient of each output goes to the first largest input of its window; windows may overlap.</summary>
    public static void Backward(
        LayerInfo layer, ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> inputGradient)
    {
        double[] sums = new double[inputGradient.Length];
        for (int i = 0; i < outputGradient.Length; i++) sums[Largest(layer, input, i)] += outputGradient[i];
        for (int i = 0; i < sums.Length; i++) inputGradient[i] = (float)sums[i];
    }

    /// <summary>Where the largest input of an output's window stands, the first of equals in scan order.</summary>
    private static int Largest(LayerInfo layer, ReadOnlySpan<float> input, int output)
    {
        var (options, image, result) = ((MaxPool2dAttribute)layer.Attribute, layer.Input, layer.Output);
        int c = output / (result.Height * result.Width);
        int y = output / result.Width % result.Height * options.StrideHeight;
        int x = output % result.Width * options.StrideWidth;
        int first = (c * image.Height + y) * image.Width + x;
        int largest = first;
        for (int i = 0; i < options.WindowHeight; i++)
        {
            for (int j = 0; j < options.WindowWidth; j++)
            {
                int candidate = first + i * image.Width + j;
                if (input[candidate] > input[largest]) largest = candidate;
            }
        }
        return largest;
    }
}
