namespace StaticCnn;

/// <summary>
/// The channels of several values, one value's behind the other's: those that are named, in order, then the value above unless it is named itself.
/// </summary>
/// <param name="from">Names of layers above whose outputs are joined.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ConcatAttribute(params string[] from) : LayerAttribute
{
    /// <summary>Names of layers above whose outputs are joined.</summary>
    public IReadOnlyList<string> Values { get; } = from;
}
