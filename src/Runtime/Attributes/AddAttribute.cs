namespace StaticCnn;

/// <summary>
/// The sum of several values of one shape: those that are named, in order, then the value above unless it is named itself.
/// </summary>
/// <param name="from">Names of layers above whose outputs are added.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class AddAttribute(params string[] from) : LayerAttribute
{
    /// <summary>Names of layers above whose outputs are added.</summary>
    public IReadOnlyList<string> Values { get; } = from;
}
