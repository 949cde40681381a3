namespace StaticCnn;

/// <summary>
/// Normalises each feature of [n] over all images of the batch: (x - mean) / sqrt(variance + epsilon) * weight + bias. In training the batch's
/// mean and biased variance are used, and running averages are kept (of the unbiased variance); inference uses those.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class BatchNorm1dAttribute : LayerAttribute
{
    /// <summary>Added to the variance.</summary>
    public float Epsilon { get; set; } = 1e-5f;

    /// <summary>Share of the batch in the running averages: running = (1 - momentum) * running + momentum * batch.</summary>
    public float Momentum { get; set; } = 0.1f;
}
