using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using StaticCnn.Generator.Declaration;
using StaticCnn.Generator.Diagnostics;

namespace Generator.Tests.Diagnostics;

/// <summary>Holds descriptors, faults, release notes and pages together, and compiles the pages' examples.</summary>
public partial class DescriptorsTests
{
    public static TheoryData<string> Ids => [.. Descriptors.All.Select(descriptor => descriptor.Id)];

    [Fact]
    public void EveryFaultHasTheDescriptorOfItsNumber()
    {
        Assert.Equal(Enum.GetValues<Fault>().Select(fault => $"SCNN{(int)fault:000}"), Descriptors.All.Select(descriptor => descriptor.Id));
        foreach (var fault in Enum.GetValues<Fault>())
        {
            var field = typeof(Descriptors).GetField(fault.ToString());
            Assert.Same(Descriptors.For(fault), field?.GetValue(null));
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void EveryIdHasAReleaseEntryAndAPage(string id)
    {
        var descriptor = Descriptors.All.Single(each => each.Id == id);
        string releases = File.ReadAllText(Repository.PathTo("src", "Generator", "AnalyzerReleases.Shipped.md"))
            + File.ReadAllText(Repository.PathTo("src", "Generator", "AnalyzerReleases.Unshipped.md"));

        Assert.Contains($"{id} | StaticCnn | {descriptor.DefaultSeverity} | {descriptor.Title}\n", releases, StringComparison.Ordinal);
        Assert.StartsWith($"# {id}: {descriptor.Title}\n", Page(id), StringComparison.Ordinal);
        Assert.Equal($"https://github.com/staticcnn/staticcnn/blob/main/docs/diagnostics/{id}.md", descriptor.HelpLinkUri);
    }

    /// <summary>SCNN100 and on are the program's.</summary>
    [Fact]
    public void EveryPageHasAnId() =>
        Assert.Equal(
            Descriptors.All.Select(descriptor => descriptor.Id),
            Directory.GetFiles(Repository.PathTo("docs", "diagnostics"), "SCNN0*.md").Select(Path.GetFileNameWithoutExtension).Order());

    [Theory]
    [MemberData(nameof(Ids))]
    public void ThePagesExamplesAreWrongAndRight(string id)
    {
        var examples = Example().Matches(Page(id)).Select(match => "using StaticCnn;\n" + match.Groups[1].Value).ToList();

        Assert.Equal(2, examples.Count);
        Assert.Equal([id], Diagnose(examples[0]).Select(diagnostic => diagnostic.Id));
        Assert.Empty(Diagnose(examples[1]));
    }

    /// <summary>An example says which version of C# it is about where that matters.</summary>
    private static IEnumerable<Diagnostic> Diagnose(string example) => GeneratorHarness.Diagnose(GeneratorHarness.CreateCompilation(
        LanguageVersionFacts.TryParse(Language().Match(example).Groups[1].Value, out var version) ? version : LanguageVersion.Latest, example));

    private static string Page(string id) => File.ReadAllText(Repository.PathTo("docs", "diagnostics", id + ".md"));

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex("<LangVersion>(.*)</LangVersion>")]
    private static partial Regex Language();
}
