namespace StaticCnn;

/// <summary>x times the normal distribution's function, 0.5 * x * (1 + erf(x / sqrt(2))).</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class GELUAttribute : LayerAttribute;
