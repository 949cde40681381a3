using System.IO.Compression;
using System.Text.Json;
using StaticCnn.Package.Tests.Support;

namespace StaticCnn.Package.Tests;

/// <summary>What a package is made of stands in it, as CycloneDX.</summary>
[Collection(FeedCollection.Name)]
public sealed class SbomTests(Feed feed)
{
    [Theory]
    [InlineData("StaticCnn", "System.Numerics.Tensors", "System.CommandLine", "Spectre.Console")]
    [InlineData("StaticCnn.Mnist", "System.Numerics.Tensors", "System.CommandLine", "Spectre.Console", "SkiaSharp")]
    public void Each_package_lists_what_it_carries_with_versions_hashes_and_licences(string package, params string[] carried)
    {
        using var archive = ZipFile.OpenRead(Path.Combine(feed.Packages, $"{package}.{Feed.Version}.nupkg"));
        using var sbom = JsonDocument.Parse(archive.GetEntry("sbom/bom.json")!.Open());
        Assert.Equal("CycloneDX", sbom.RootElement.GetProperty("bomFormat").GetString());
        var subject = sbom.RootElement.GetProperty("metadata").GetProperty("component");
        Assert.Equal((package, Feed.Version), (subject.GetProperty("name").GetString(), subject.GetProperty("version").GetString()));

        var required = sbom.RootElement.GetProperty("components").EnumerateArray()
            .Where(component => component.GetProperty("scope").GetString() == "required")
            .ToDictionary(component => component.GetProperty("name").GetString()!);
        Assert.Empty(carried.Except(required.Keys));
        Assert.All(required.Values, component =>
        {
            Assert.NotEmpty(component.GetProperty("version").GetString()!);
            Assert.Equal(128, component.GetProperty("hashes")[0].GetProperty("content").GetString()!.Length);
            Assert.NotEqual(0, component.GetProperty("licenses").GetArrayLength());
        });

        // Every assembly that is not ours is of one of them.
        var assemblies = archive.Entries.Where(entry => entry.Name.EndsWith(".dll", StringComparison.Ordinal) && !entry.FullName.Contains("/native/", StringComparison.Ordinal))
            .Select(entry => Path.GetFileNameWithoutExtension(entry.Name))
            .Where(name => !name.StartsWith("StaticCnn", StringComparison.Ordinal) && name != "mnist");
        Assert.Empty(assemblies.Except(required.Keys));
    }
}
