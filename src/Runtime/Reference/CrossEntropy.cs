namespace StaticCnn.Reference;

/// <summary>Softmax and cross-entropy of one image. logits (classes).</summary>
public static class CrossEntropy
{
    /// <summary>log(sum over c of exp(logits[c])) - logits[label].</summary>
    public static double Forward(ReadOnlySpan<float> logits, int label)
    {
        double largest = Largest(logits);
        double sum = 0;
        foreach (float logit in logits) sum += Math.Exp(logit - largest);
        return Math.Log(sum) + largest - logits[label];
    }

    /// <summary>gradient[c] = (softmax(logits)[c] - (1 where c is the label)) * scale.</summary>
    public static void Backward(ReadOnlySpan<float> logits, int label, double scale, Span<float> gradient)
    {
        double largest = Largest(logits);
        double sum = 0;
        foreach (float logit in logits) sum += Math.Exp(logit - largest);
        for (int c = 0; c < logits.Length; c++)
        {
            gradient[c] = (float)((Math.Exp(logits[c] - largest) / sum - (c == label ? 1 : 0)) * scale);
        }
    }

    /// <summary>Taken out of the exponents, so that they do not overflow.</summary>
    private static double Largest(ReadOnlySpan<float> logits)
    {
        float largest = logits[0];
        foreach (float logit in logits) largest = MathF.Max(largest, logit);
        return largest;
    }
}
