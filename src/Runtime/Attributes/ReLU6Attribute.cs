namespace StaticCnn;

/// <summary>The least of x's positive part and 6. The gradient is 0 at and below 0, and at and above 6, as in PyTorch.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ReLU6Attribute : LayerAttribute;
