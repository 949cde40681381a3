namespace StaticCnn;

/// <summary>clamp(x + 3, 0, 6) / 6. The gradient is 0 at and below -3, and at and above 3, as in PyTorch.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class HardSigmoidAttribute : LayerAttribute;
