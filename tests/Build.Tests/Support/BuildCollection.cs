namespace StaticCnn.Build.Tests.Support;

/// <summary>The tests that share one clone, and so run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class BuildCollection : ICollectionFixture<Clone>
{
    public const string Name = "Builds";
}
