namespace StaticCnn.Reference;

/// <summary>
/// A convolution of one image. input (C,H,W), weight (O,C,kh,kw), bias (O) or empty, output (O,P,Q) with
/// P = (H+2*padding-kh)/stride+1 and Q likewise.
/// </summary>
public static class Conv2d
{
    /// <summary>output[o,p,q] = bias[o] + sum over c,i,j of weight[o,c,i,j] * input[c, p*stride+i-padding, q*stride+j-padding], where that is inside.</summary>
    public static void Forward(
        LayerInfo layer, ReadOnlySpan<float> input, ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, Span<float> output)
    {
        var (options, image, result) = ((Conv2dAttribute)layer.Attribute, layer.Input, layer.Output);
        for (int o = 0; o < result.Channels; o++)
        {
            for (int p = 0; p < result.Height; p++)
            {
                for (int q = 0; q < result.Width; q++)
                {
                    double sum = bias.IsEmpty ? 0 : bias[o];
                    for (int c = 0; c < image.Channels; c++)
                    {
                        for (int i = 0; i < options.KernelHeight; i++)
                        {
                            for (int j = 0; j < options.KernelWidth; j++)
                            {
                                int y = p * options.StrideHeight + i - options.PaddingHeight;
                                int x = q * options.StrideWidth + j - options.PaddingWidth;
                                if ((uint)y >= (uint)image.Height || (uint)x >= (uint)image.Width) continue;
                                sum += (double)weight[Weight(options, image, o, c, i, j)] * input[(c * image.Height + y) * image.Width + x];
                            }
                        }
                    }
                    output[(o * result.Height + p) * result.Width + q] = (float)sum;
                }
            }
        }
    }

    /// <summary>
    /// inputGradient[c,y,x] = sum over o,i,j of weight[o,c,i,j] * outputGradient[o,p,q] at the outputs that read it;
    /// weightGradient[o,c,i,j] += sum over p,q of outputGradient[o,p,q] * the input that it met;
    /// biasGradient[o] += sum over p,q of outputGradient[o,p,q].
    /// </summary>
    public static void Backward(
        LayerInfo layer, ReadOnlySpan<float> input, ReadOnlySpan<float> weight, ReadOnlySpan<float> outputGradient,
        Span<float> inputGradient, Span<double> weightGradient, Span<double> biasGradient)
    {
        var (options, image, result) = ((Conv2dAttribute)layer.Attribute, layer.Input, layer.Output);
        double[] sums = new double[inputGradient.Length];
        for (int o = 0; o < result.Channels; o++)
        {
            for (int p = 0; p < result.Height; p++)
            {
                for (int q = 0; q < result.Width; q++)
                {
                    double gradient = outputGradient[(o * result.Height + p) * result.Width + q];
                    if (!biasGradient.IsEmpty) biasGradient[o] += gradient;
                    for (int c = 0; c < image.Channels; c++)
                    {
                        for (int i = 0; i < options.KernelHeight; i++)
                        {
                            for (int j = 0; j < options.KernelWidth; j++)
                            {
                                int y = p * options.StrideHeight + i - options.PaddingHeight;
                                int x = q * options.StrideWidth + j - options.PaddingWidth;
                                if ((uint)y >= (uint)image.Height || (uint)x >= (uint)image.Width) continue;
                                int pixel = (c * image.Height + y) * image.Width + x;
                                int tap = Weight(options, image, o, c, i, j);
                                sums[pixel] += weight[tap] * gradient;
                                weightGradient[tap] += input[pixel] * gradient;
                            }
                        }
                    }
                }
            }
        }
        for (int i = 0; i < sums.Length; i++) inputGradient[i] = (float)sums[i];
    }

    private static int Weight(Conv2dAttribute options, TensorShape image, int o, int c, int i, int j) =>
        ((o * image.Channels + c) * options.KernelHeight + i) * options.KernelWidth + j;
}
