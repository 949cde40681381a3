namespace StaticCnn;

/// <summary>x * clamp(x + 3, 0, 6) / 6.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class HardSwishAttribute : LayerAttribute;
