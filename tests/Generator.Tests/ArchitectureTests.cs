using System.Text.RegularExpressions;
using StaticCnn.Generator;

namespace Generator.Tests;

/// <summary>Data flows one way: each stage knows only the ones before it, and only the first sees the compiler.</summary>
public partial class ArchitectureTests
{
    private static readonly string[] Stages = ["Declaration", "Graph", "Network", "Layers", "Plan", "Kernels", "Emit"];

    public static TheoryData<string> ExistingStages => [.. Stages.Where(stage => Directory.Exists(Folder(stage)))];

    [Theory]
    [MemberData(nameof(ExistingStages))]
    public void AStageKnowsOnlyTheOnesBeforeIt(string stage)
    {
        string[] hidden = [.. Stages.SkipWhile(each => each != stage).Skip(1), "Diagnostics"];
        foreach (var (file, text) in Sources(stage))
        {
            var used = Reference().Matches(text).Select(match => match.Groups[1].Value).ToHashSet();
            Assert.True(!used.Overlaps(hidden), $"{file} refers to {string.Join(", ", used.Intersect(hidden))}");
        }
    }

    [Theory]
    [MemberData(nameof(ExistingStages))]
    public void OnlyTheFirstStageSeesTheCompiler(string stage)
    {
        bool sees = Sources(stage).Any(source => source.Text.Contains("Microsoft.CodeAnalysis", StringComparison.Ordinal));
        Assert.Equal(stage == "Declaration", sees);
    }

    [Theory]
    [MemberData(nameof(ExistingStages))]
    public void AStagesFilesAreInItsNamespace(string stage) =>
        Assert.All(Sources(stage), source => Assert.Matches($@"\nnamespace StaticCnn\.Generator\.{stage}(\.\w+)*;\n", "\n" + source.Text));

    [Fact]
    public void ThePipelineIsShort() =>
        Assert.InRange(File.ReadAllLines(Repository.PathTo("src", "Generator", "CnnGenerator.cs")).Length, 1, 99);

    [Fact]
    public void NoTypeStandsOutsideTheStages()
    {
        var known = Stages.Append("Diagnostics").Select(stage => $"StaticCnn.Generator.{stage}").ToList();
        var outside = typeof(CnnGenerator).Assembly.GetTypes()
            .Where(type => type.Namespace == "StaticCnn.Generator" && !type.IsNested && !type.Name.StartsWith('<'))
            .Select(type => type.Name)
            .Except([nameof(CnnGenerator), "EquatableArray`1", "EquatableArrayExtensions"]);
        Assert.Empty(outside);
        Assert.All(
            typeof(CnnGenerator).Assembly.GetTypes().Select(type => type.Namespace).OfType<string>()
                .Where(name => name.StartsWith("StaticCnn.Generator.", StringComparison.Ordinal)),
            name => Assert.Contains(known, each => name == each || name.StartsWith(each + ".", StringComparison.Ordinal)));
    }

    private static string Folder(string stage) => Repository.PathTo("src", "Generator", stage);

    private static IEnumerable<(string File, string Text)> Sources(string stage) =>
        Directory.GetFiles(Folder(stage), "*.cs", SearchOption.AllDirectories).Select(file => (file, File.ReadAllText(file)));

    /// <summary>A using or a full name, or a name such as Plan.Buffer, which the common namespace allows; a network's layers are no stage.</summary>
    [GeneratedRegex(@"(?:StaticCnn\.Generator\.|(?<![\w.])(?!Layers|Graph))(Declaration|Graph|Network|Layers|Plan|Kernels|Emit|Diagnostics)(?=;|\.[A-Z])")]
    private static partial Regex Reference();
}
