namespace StaticCnn.Package.Tests.Support;

/// <summary>The tests that share the packages, and so run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class FeedCollection : ICollectionFixture<Feed>
{
    public const string Name = "Packages";
}
