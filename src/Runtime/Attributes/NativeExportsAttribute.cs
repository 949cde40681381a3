namespace StaticCnn;

/// <summary>
/// Lets C call a network: the generator writes functions such as <c>digit_create</c> and <c>digit_predict</c> for it, which a library that is
/// compiled ahead of time (<c>PublishAot</c>, <c>NativeLib</c>) exports, and publishing writes their header beside it. In other assemblies they do nothing.
/// </summary>
/// <param name="prefix">The beginning of the functions' names and the header's name: a C identifier such as <c>digit</c>.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class NativeExportsAttribute(string prefix) : Attribute
{
    /// <summary>The beginning of the functions' names.</summary>
    public string Prefix { get; } = prefix;
}
