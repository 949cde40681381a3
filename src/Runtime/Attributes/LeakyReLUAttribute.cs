namespace StaticCnn;

/// <summary>x where x is positive, else negativeSlope * x. The gradient at exactly 0 is the slope, as in PyTorch.</summary>
/// <param name="negativeSlope">Slope below 0; PyTorch's default is 0.01.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class LeakyReLUAttribute(float negativeSlope) : LayerAttribute
{
    /// <summary>A slope of 0.01 below 0.</summary>
    public LeakyReLUAttribute() : this(0.01f)
    {
    }

    /// <summary>Slope below 0.</summary>
    public float NegativeSlope { get; } = negativeSlope;
}
