using StaticCnn;

namespace Generator.Tests.GeneratedCode;

/// <summary>The networks of the samples, which people copy, verified as <c>mnist verify</c> does.</summary>
public class SamplesTests
{
    public static TheoryData<string> Declarations =>
    [
        .. Directory.GetFiles(Repository.PathTo("samples"), "*.cs", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file).Contains("[CnnModel(", StringComparison.Ordinal))
            .Select(file => Path.GetRelativePath(Repository.Root, file)),
    ];

    [Theory]
    [MemberData(nameof(Declarations))]
    public void EachVerifiesItselfAtEveryVectorWidth(string file)
    {
        using var compiled = GeneratorHarness.Compile(File.ReadAllText(Repository.PathTo(file)));
        var results = TestModel.Create(compiled["Samples." + Path.GetFileNameWithoutExtension(file)]).Verify(TestModel.Widths, new VerificationOptions());
        Assert.NotEmpty(results);
        Assert.DoesNotContain(results, result => !result.Passed);
    }
}
