using System.Reflection;
using Xunit;
using Xunit.Sdk;

namespace StaticCnn.Tests.Support;

/// <summary>A test of the long suite only: the short one has another of the same promise.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LongFactAttribute : FactAttribute
{
    public LongFactAttribute() => Skip = Suite.Skip;
}

/// <summary>A theory whose every row is of the long suite only.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LongTheoryAttribute : TheoryAttribute
{
    public LongTheoryAttribute() => Skip = Suite.Skip;
}

/// <summary>A row of a theory that is of the long suite only; the short suite has another row.</summary>
/// <param name="data">The row's values.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class LongInlineDataAttribute(params object?[]? data) : DataAttribute
{
    // [LongInlineData(null)] is one value, as with xunit's own attribute.
    private readonly object?[] _data = data ?? [null];

    public override IEnumerable<object?[]> GetData(MethodInfo testMethod) => Suite.IsLong ? [_data] : [];
}
