using System.Collections;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using StaticCnn.Generator;

namespace Generator.Tests;

/// <summary>An edit that does not concern the declaration must cost nothing, and no step may keep the compiler's objects alive.</summary>
public class CachingTests
{
    private const string Declared =
        """
        using StaticCnn;
        namespace Shop;
        [CnnModel(1, 28, 28)]
        [Conv2d(16, 5, Padding = 2), ReLU, MaxPool2d(2)]
        [Flatten, Linear(10, Name = "head"), Dropout(0.2f)]
        [Training(BatchSize = 32)]
        public sealed partial class Digits;
        """;

    private static readonly string[] Steps =
        [CnnGenerator.DeclarationStep, CnnGenerator.NetworkStep, CnnGenerator.SourcesStep, CnnGenerator.MistakesStep];

    [Theory]
    [InlineData("class Other { int x = 1; }", Declared)]
    [InlineData("class Other;", "// A line above the class moves every position below it.\nusing System;\n" + Declared)]
    [InlineData("class Other;", Declared + "\npublic class Below { public int X => 1; }")]
    public void AnUnrelatedEditIsCached(string other, string declared)
    {
        var (before, after) = RunTwice(["class Other;", Declared], [other, declared]);

        foreach (string step in Steps)
        {
            var outputs = after.TrackedSteps[step].SelectMany(run => run.Outputs).ToList();
            Assert.NotEmpty(outputs);
            Assert.All(outputs, output => Assert.Contains(
                output.Reason, new[] { IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged }));
        }

        Assert.All(
            after.TrackedOutputSteps.SelectMany(pair => pair.Value).SelectMany(run => run.Outputs),
            output => Assert.Equal(IncrementalStepRunReason.Cached, output.Reason));
        Assert.Equal(before.GeneratedSources.Select(file => file.SourceText.ToString()), after.GeneratedSources.Select(file => file.SourceText.ToString()));
    }

    [Fact]
    public void AnEditOfALayerIsNot()
    {
        var (_, after) = RunTwice(["class Other;", Declared], ["class Other;", Declared.Replace("16", "17")]);

        var reasons = after.TrackedSteps[CnnGenerator.NetworkStep].SelectMany(run => run.Outputs).Select(output => output.Reason);
        Assert.Equal([IncrementalStepRunReason.Modified], reasons);
    }

    [Theory]
    [InlineData(Declared)]
    [InlineData("using StaticCnn; class O { [CnnModel(1, 2, 2)] [Linear(1)] class Wrong<T>; }")]
    public void NoStepHoldsAnObjectOfTheCompiler(string declared)
    {
        var (_, result) = RunTwice([declared], [declared + "\n"]);

        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (string step in Steps)
        {
            foreach (var output in result.TrackedSteps[step].SelectMany(run => run.Outputs)) Walk(output.Value, step, seen);
        }

        Assert.NotEmpty(seen);
    }

    [Fact]
    public void TheSameDeclarationGivesTheSameBytes()
    {
        var first = GeneratorHarness.CreateDriver().RunGenerators(GeneratorHarness.CreateCompilation(LanguageVersion.Latest, Declared));
        var second = GeneratorHarness.CreateDriver().RunGenerators(GeneratorHarness.CreateCompilation(LanguageVersion.Latest, Declared));

        var files = first.GetRunResult().GeneratedTrees;
        Assert.NotEmpty(files);
        Assert.Equal(
            files.Select(tree => (tree.FilePath, tree.ToString())),
            second.GetRunResult().GeneratedTrees.Select(tree => (tree.FilePath, tree.ToString())));
    }

    private static (GeneratorRunResult Before, GeneratorRunResult After) RunTwice(string[] before, string[] after)
    {
        var compilation = GeneratorHarness.CreateCompilation(LanguageVersion.Latest, before);
        var driver = GeneratorHarness.CreateDriver().RunGenerators(compilation);
        var first = driver.GetRunResult().Results.Single();

        for (int i = 0; i < before.Length; i++)
        {
            if (before[i] == after[i]) continue;
            var old = compilation.SyntaxTrees[i];
            compilation = compilation.ReplaceSyntaxTree(old, GeneratorHarness.Parse(after[i], old.FilePath));
        }

        return (first, driver.RunGenerators(compilation).GetRunResult().Results.Single());
    }

    private static void Walk(object? value, string path, HashSet<object> seen)
    {
        if (value is null || value is string || value.GetType().IsPrimitive || value.GetType().IsEnum || !seen.Add(value)) return;
        Assert.False(
            value is ISymbol or SyntaxNode or SyntaxTree or SyntaxReference or Compilation or Location or SemanticModel or AttributeData,
            $"{path} holds a {value.GetType()}");

        if (value is IEnumerable items)
        {
            foreach (object? item in items) Walk(item, path + "[]", seen);
        }

        for (var type = value.GetType(); type is not null && type != typeof(object); type = type.BaseType)
        {
            const BindingFlags Fields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
            foreach (var field in type.GetFields(Fields))
            {
                if (!field.FieldType.IsPointer) Walk(field.GetValue(value), $"{path}.{field.Name}", seen);
            }
        }
    }
}
