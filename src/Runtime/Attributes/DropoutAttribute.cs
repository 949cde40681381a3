namespace StaticCnn;

/// <summary>
/// Inverted dropout: in training each value is zeroed with the given probability and the others are divided by
/// 1-probability; outside training it does nothing.
/// </summary>
/// <param name="probability">Probability of zeroing a value, in [0,1).</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class DropoutAttribute(float probability) : LayerAttribute
{
    /// <summary>Probability of zeroing a value.</summary>
    public float Probability { get; } = probability;
}
