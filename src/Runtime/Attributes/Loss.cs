namespace StaticCnn;

/// <summary>What a training makes small.</summary>
public enum Loss
{
    /// <summary>The mean over the images of -log softmax(outputs)[label]: the outputs are classes' logits.</summary>
    CrossEntropy,

    /// <summary>The mean over images and outputs of (output - target)^2.</summary>
    MeanSquaredError,
}
