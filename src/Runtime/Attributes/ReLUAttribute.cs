namespace StaticCnn;

/// <summary>max(0, x), element by element. The gradient at exactly 0 is 0, as in PyTorch.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ReLUAttribute : LayerAttribute;
