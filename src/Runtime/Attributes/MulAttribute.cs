namespace StaticCnn;

/// <summary>
/// The product of several values; [C,1,1] stretches over [C,H,W]: those that are named, in order, then the value above unless it is named itself.
/// </summary>
/// <param name="from">Names of layers above whose outputs are multiplied.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class MulAttribute(params string[] from) : LayerAttribute
{
    /// <summary>Names of layers above whose outputs are multiplied.</summary>
    public IReadOnlyList<string> Values { get; } = from;
}
