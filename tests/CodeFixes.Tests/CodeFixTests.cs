using Microsoft.CodeAnalysis;
using StaticCnn.Generator.Diagnostics;

namespace CodeFixes.Tests;

/// <summary>Every fix, before and after; what comes after has not the mistake any more.</summary>
public class CodeFixTests
{
    private const string Model = "[CnnModel(1, 28, 28)]";
    private const string End = "[Flatten, Linear(10)] partial class M;";

    /// <summary>Mistakes that no edit of the declaration sets right without a decision of the user's.</summary>
    private static readonly string[] WithoutFix = ["SCNN003", "SCNN006", "SCNN019", "SCNN020", "SCNN029", "SCNN030", "SCNN031", "SCNN032", "SCNN033", "SCNN034"];

    /// <summary>Id, declaration, title of the fix, declaration as it becomes.</summary>
    public static TheoryData<string, string, string, string> Fixes => new()
    {
        { "SCNN001", $"{Model} [Flatten, Linear(10)] class M;", "Make it partial", $"{Model} {End}" },
        { "SCNN001", "/// <summary>M.</summary>\n[CnnModel(1, 28, 28)]\n[Flatten, Linear(10)]\npublic sealed class M\n{\n}", "Make it partial", "/// <summary>M.</summary>\n[CnnModel(1, 28, 28)]\n[Flatten, Linear(10)]\npublic sealed partial class M\n{\n}" },
        { "SCNN001", $"{Model} [Flatten, Linear(10)]\n// The class.\nclass M;", "Make it partial", $"{Model} [Flatten, Linear(10)]\n// The class.\npartial class M;" },
        { "SCNN002", $"public class A {{ struct B {{ {Model} {End} }} }}", "Make it partial", $"public partial class A {{ partial struct B {{ {Model} {End} }} }}" },
        { "SCNN004", $"{Model} [Flatten, Linear(10)]\npublic static partial class M;", "Make it an ordinary class", $"{Model} [Flatten, Linear(10)]\npublic partial class M;" },
        { "SCNN004", $"{Model} [Flatten, Linear(10)]\nabstract partial class M;", "Make it an ordinary class", $"{Model} {End}".Replace("] partial", "]\npartial") },
        { "SCNN005", $"{Model}\npartial class M;", "Add Flatten and Linear(10)", $"{Model}\n[Flatten, Linear(10)]\npartial class M;" },
        { "SCNN005", $"    {Model}\r\n    [Flatten, ReLU]\r\n    partial class M;", "Add Linear(10)", $"    {Model}\r\n    [Flatten, ReLU]\r\n    [Linear(10)]\r\n    partial class M;" },
        { "SCNN007", $"{Model} [Conv2d(8, 15)] {End}", "Set kernel to 11", $"{Model} [Conv2d(8, 11)] {End}" },
        { "SCNN007", $"{Model} [Conv2d(8, 15, 15)] {End}", "Set kernel to 11", $"{Model} [Conv2d(8, 11, 11)] {End}" },
        { "SCNN007", $"{Model} [Conv2d(kernelHeight: 3, kernelWidth: 15, outChannels: 8)] {End}", "Set kernelWidth to 11", $"{Model} [Conv2d(kernelHeight: 3, kernelWidth: 11, outChannels: 8)] {End}" },
        { "SCNN007", $"{Model} [Conv2d(8, 3, Stride = 0)] {End}", "Set Stride to 1", $"{Model} [Conv2d(8, 3, Stride = 1)] {End}" },
        { "SCNN008", $"[CnnModel(1, 4, 4)] [Conv2d(8, 5)] {End}", "Set kernel to 4", $"[CnnModel(1, 4, 4)] [Conv2d(8, 4)] {End}" },
        { "SCNN008", $"[CnnModel(1, 2, 9)] [Conv2d(8, 5, Padding = 1)] {End}", "Set kernelHeight to 4 and set kernelWidth to 5", $"[CnnModel(1, 2, 9)] [Conv2d(8, 4, 5, Padding = 1)] {End}" },
        { "SCNN008", $"[CnnModel(1, 2, 9)] [MaxPool2d(window: 3)] {End}", "Set windowHeight to 2 and set windowWidth to 3", $"[CnnModel(1, 2, 9)] [MaxPool2d(windowHeight: 2, windowWidth: 3)] {End}" },
        { "SCNN009", $"{Model} [Conv2d(8, 3), ReLU]\n[Linear(10)] partial class M;", "Insert Flatten", $"{Model} [Conv2d(8, 3), ReLU]\n{End}" },
        { "SCNN009", "[StaticCnn.CnnModel(1, 28, 28), global::StaticCnn.Linear(10)] partial class M;", "Insert Flatten", "[StaticCnn.CnnModel(1, 28, 28), global::StaticCnn.Flatten, global::StaticCnn.Linear(10)] partial class M;" },
        { "SCNN010", $"{Model} [Flatten, MaxPool2d(2), Linear(10)] partial class M;", "Move MaxPool2d before Flatten", $"{Model} [MaxPool2d(2), Flatten, Linear(10)] partial class M;" },
        { "SCNN010", $"{Model} [Flatten, Conv2d(8, 3), Linear(10)] partial class M;", "Remove Conv2d", $"{Model} {End}" },
        { "SCNN010", $"{Model}\n[Flatten] // once\n[Flatten]\n[Linear(10)] partial class M;", "Remove Flatten", $"{Model}\n[Flatten] // once\n[Linear(10)] partial class M;" },
        { "SCNN011", $"{Model} [Conv2d(8, 3, Name = \"a\"), ReLU, Conv2d(8, 3, Name = \"a\", Bias = false), ReLU] {End}", "Remove Name", $"{Model} [Conv2d(8, 3, Name = \"a\"), ReLU, Conv2d(8, 3, Bias = false), ReLU] {End}" },
        { "SCNN011", $"{Model} [Conv2d(8, 3), ReLU(Name = \"Conv1\")] {End}", "Remove Name", $"{Model} [Conv2d(8, 3), ReLU] {End}" },
        { "SCNN011", $"{Model} [Conv2d(8, 3, Name = \"relu1\"), ReLU] {End}", "Set Name to \"relu1_2\"", $"{Model} [Conv2d(8, 3, Name = \"relu1\"), ReLU(Name = \"relu1_2\")] {End}" },
        { "SCNN012", $"{Model} [Conv2d(8, 3, Name = \"first conv\"), ReLU] {End}", "Remove Name", $"{Model} [Conv2d(8, 3), ReLU] {End}" },
        { "SCNN012", $"{Model} [Conv2d(8, 3, Name = \"1st\"), ReLU(Name = \"conv1\")] {End}", "Set Name to \"_1st\"", $"{Model} [Conv2d(8, 3, Name = \"_1st\"), ReLU(Name = \"conv1\")] {End}" },
        { "SCNN013", $"{Model} [Dropout(25)] {End}", "Set probability to 0.25f", $"{Model} [Dropout(0.25f)] {End}" },
        { "SCNN014", $"{Model}\n[Conv2d(8, 3), ReLU]\n[Training(Epochs = 2)]\npartial class M;", "Add Flatten and Linear(10)", $"{Model}\n[Conv2d(8, 3), ReLU]\n[Training(Epochs = 2)]\n[Flatten, Linear(10)]\npartial class M;" },
        { "SCNN015", $"{Model} [Flatten, Linear(1)] partial class M;", "Set outFeatures to 10", $"{Model} {End}" },
        { "SCNN015", "[CnnModel(3, 32, 32)] [Flatten, Linear(outFeatures: 1, Bias = false)] partial class M;", "Set outFeatures to 2", "[CnnModel(3, 32, 32)] [Flatten, Linear(outFeatures: 2, Bias = false)] partial class M;" },
        { "SCNN015", "[CnnModel(1, 3, 3)] [Conv2d(1, 3), ReLU, Flatten]\npartial class M;", "Add Linear(10)", "[CnnModel(1, 3, 3)] [Conv2d(1, 3), ReLU, Flatten]\n[Linear(10)]\npartial class M;" },
        { "SCNN016", $"{Model} [MaxPool2d(5, Padding = 3)] {End}", "Set Padding to 2", $"{Model} [MaxPool2d(5, Padding = 2)] {End}" },
        { "SCNN016", $"{Model} [AvgPool2d(5, 3, PaddingWidth = 4)] {End}", "Set PaddingWidth to 1", $"{Model} [AvgPool2d(5, 3, PaddingWidth = 1)] {End}" },
        { "SCNN017", $"{Model} [Training(Epochs = 0, BatchSize = 32)] {End}", "Remove Epochs", $"{Model} [Training(BatchSize = 32)] {End}" },
        { "SCNN017", $"{Model} [Training(Beta1 = 1)] {End}", "Remove Beta1", $"{Model} [Training] {End}" },
        { "SCNN018", "/// <summary>M.</summary>\n  [Flatten, Linear(10)]\n  partial class M;", "Add [CnnModel(1, 28, 28)]", "/// <summary>M.</summary>\n  [CnnModel(1, 28, 28)]\n  [Flatten, Linear(10)]\n  partial class M;" },
        { "SCNN021", $"{Model} [Flatten, Linear(16), ReLU]\n[Linear(10), Dropout(0.2f)] partial class M;", "Move Dropout before Linear", $"{Model} [Flatten, Linear(16), ReLU]\n[Dropout(0.2f), Linear(10)] partial class M;" },
        { "SCNN021", $"{Model} [Flatten, Linear(10)]\n[Dropout(0.2f)]\npartial class M;", "Remove Dropout", $"{Model} [Flatten, Linear(10)]\npartial class M;" },
        { "SCNN022", $"{Model} [Flatten, Linear(10), ReLU] partial class M;", "Remove ReLU", $"{Model} {End}" },
        { "SCNN023", $"{Model} [Conv2d(20, 3), ReLU] {End}", "Set outChannels to 24", $"{Model} [Conv2d(24, 3), ReLU] {End}" },
        { "SCNN023", $"{Model} [Flatten, Linear(50), ReLU, Linear(10)] partial class M;", "Set outFeatures to 56", $"{Model} [Flatten, Linear(56), ReLU, Linear(10)] partial class M;" },
        { "SCNN024", $"{Model} [Training(BatchSize = 100)] {End}", "Set BatchSize to 112", $"{Model} [Training(BatchSize = 112)] {End}" },
        { "SCNN025", $"{Model} [Conv2d(8, 3, Stride = 5), ReLU] {End}", "Set Stride to 3", $"{Model} [Conv2d(8, 3, Stride = 3), ReLU] {End}" },
        { "SCNN025", $"{Model} [MaxPool2d(2, 3, StrideHeight = 3)] {End}", "Set StrideHeight to 2", $"{Model} [MaxPool2d(2, 3, StrideHeight = 2)] {End}" },
        { "SCNN026", $"{Model} [Conv2d(8, 3), ReLU, ReLU] {End}", "Remove ReLU", $"{Model} [Conv2d(8, 3), ReLU] {End}" },
        { "SCNN026", $"{Model}\n[Dropout(0f)]\n{End}", "Remove Dropout", $"{Model}\n{End}" },
        { "SCNN026", $"{Model} [MaxPool2d(1)] {End}", "Remove MaxPool2d", $"{Model} {End}" },
        { "SCNN027", $"{Model} [Flatten, Linear(16), Dropout(0.2f), Linear(10)] partial class M;", "Insert ReLU", $"{Model} [Flatten, Linear(16), ReLU, Dropout(0.2f), Linear(10)] partial class M;" },
        { "SCNN028", $"{Model} [Conv2d(8, 3, Stride = 2, Algorithm = ConvolutionAlgorithm.Winograd), ReLU] {End}", "Remove Algorithm", $"{Model} [Conv2d(8, 3, Stride = 2), ReLU] {End}" },
    };

    /// <summary>Comments stay, and at the layer that they stand at.</summary>
    public static TheoryData<string, string, string, string> WithComments => new()
    {
        { "SCNN001", $"{Model} [Flatten, Linear(10)] public /* for all */ class M;", "Make it partial", $"{Model} [Flatten, Linear(10)] public /* for all */ partial class M;" },
        { "SCNN001", $"{Model} [Flatten, Linear(10)]\n#if !NEVER\npublic\n#endif\nclass M;", "Make it partial", $"{Model} [Flatten, Linear(10)]\n#if !NEVER\npublic\n#endif\npartial class M;" },
        { "SCNN004", $"{Model} [Flatten, Linear(10)] public static /* once */ partial class M;", "Make it an ordinary class", $"{Model} [Flatten, Linear(10)] public /* once */ partial class M;" },
        { "SCNN005", $"{Model} // MNIST\npartial class M;", "Add Flatten and Linear(10)", $"{Model} // MNIST\n[Flatten, Linear(10)]\npartial class M;" },
        { "SCNN009", $"{Model}\n[Conv2d(8, 3), ReLU, // features\n // The answer.\n Linear(10)] partial class M;", "Insert Flatten", $"{Model}\n[Conv2d(8, 3), ReLU, // features\n Flatten,\n // The answer.\n Linear(10)] partial class M;" },
        { "SCNN009", $"{Model} [Conv2d(8, 3), ReLU, /* digits */ Linear(10)] partial class M;", "Insert Flatten", $"{Model} [Conv2d(8, 3), ReLU, Flatten, /* digits */ Linear(10)] partial class M;" },
        { "SCNN009", $"{Model} [/* digits */ Linear(10)] partial class M;", "Insert Flatten", $"{Model} [Flatten, /* digits */ Linear(10)] partial class M;" },
        { "SCNN010", $"{Model} [/* a vector */ Flatten, MaxPool2d(2) /* smaller */, Linear(10)] partial class M;", "Move MaxPool2d before Flatten", $"{Model} [MaxPool2d(2), /* a vector */ Flatten /* smaller */, Linear(10)] partial class M;" },
        { "SCNN010", $"{Model}\n[Flatten, // a vector\n Conv2d(8, 3), // too late\n Linear(10)] partial class M;", "Remove Conv2d", $"{Model}\n[Flatten, // a vector\n // too late\n Linear(10)] partial class M;" },
        { "SCNN011", $"{Model} [Conv2d(8, 3), ReLU(/* again */ Name = \"Conv1\")] {End}", "Remove Name", $"{Model} [Conv2d(8, 3), ReLU(/* again */ )] {End}" },
        { "SCNN017", $"{Model} [Training(Epochs = 0 /* none */, BatchSize = 32)] {End}", "Remove Epochs", $"{Model} [Training( /* none */BatchSize = 32)] {End}" },
        { "SCNN021", $"{Model} [Flatten, Linear(10), // ten\n Dropout(0.2f)] partial class M;", "Remove Dropout", $"{Model} [Flatten, Linear(10) // ten\n] partial class M;" },
        { "SCNN022", $"{Model} [Flatten, Linear(10)] [/* why */ ReLU] partial class M;", "Remove ReLU", $"{Model} [Flatten, Linear(10)] /* why */  partial class M;" },
        { "SCNN026", $"{Model}\n[Conv2d(8, 3), ReLU, // first\n ReLU, // second\n MaxPool2d(2)] {End}", "Remove ReLU", $"{Model}\n[Conv2d(8, 3), ReLU, // first\n // second\n MaxPool2d(2)] {End}" },
        { "SCNN027", $"{Model}\n[Conv2d(8, 3), // eight\n Conv2d(16, 3), ReLU] {End}", "Insert ReLU", $"{Model}\n[Conv2d(8, 3), // eight\n ReLU,\n Conv2d(16, 3), ReLU] {End}" },
        { "SCNN027", $"{Model} [Conv2d(8, 3) /* eight */, /* sixteen */ Conv2d(16, 3), ReLU] {End}", "Insert ReLU", $"{Model} [Conv2d(8, 3) /* eight */, ReLU, /* sixteen */ Conv2d(16, 3), ReLU] {End}" },
    };

    [Theory]
    [MemberData(nameof(Fixes))]
    [MemberData(nameof(WithComments))]
    public async Task AFixSetsRight(string id, string before, string title, string after)
    {
        using var editor = new Editor(Complete(before));
        var diagnostic = (await editor.Diagnose()).First(each => each.Id == id);

        var offered = await editor.Offer(diagnostic);
        await editor.Apply(Assert.Single(offered, each => each.Action.Title == title).Action);

        Assert.Equal(Complete(after), await editor.Text());
        Assert.DoesNotContain(await editor.Diagnose(), each => each.Id == id);
        Assert.Empty(await editor.CompilerErrors());
    }

    /// <summary>What is inserted binds, whatever the attributes are called in this file.</summary>
    [Theory]
    [InlineData("SCNN009", "[N(1, 28, 28), L(10)] partial class M;", "Insert Flatten", "[N(1, 28, 28), global::StaticCnn.Flatten, L(10)] partial class M;")]
    [InlineData("SCNN027", "[N(1, 28, 28), C(8, 3), F, L(10)] partial class M;", "Insert ReLU", "[N(1, 28, 28), C(8, 3), global::StaticCnn.ReLU, F, L(10)] partial class M;")]
    [InlineData("SCNN018", "[F, L(10)]\npartial class M;", "Add [CnnModel(1, 28, 28)]", "[global::StaticCnn.CnnModel(1, 28, 28)]\n[F, L(10)]\npartial class M;")]
    [InlineData("SCNN005", "[N(1, 28, 28)]\n[F]\npartial class M;", "Add Linear(10)", "[N(1, 28, 28)]\n[F]\n[global::StaticCnn.Linear(10)]\npartial class M;")]
    [InlineData("SCNN021", "[N(1, 28, 28), F, L(10), S.Dropout(0.5f)] partial class M;", "Move Dropout before Linear", "[N(1, 28, 28), F, S.Dropout(0.5f), L(10)] partial class M;")]
    [InlineData("SCNN009", "[N(1, 28, 28), S.Linear(10)] partial class M;", "Insert Flatten", "[N(1, 28, 28), S.Flatten, S.Linear(10)] partial class M;")]
    [InlineData("SCNN009", "class FlattenAttribute : System.Attribute; [N(1, 28, 28), L(10)] partial class M;", "Insert Flatten", "class FlattenAttribute : System.Attribute; [N(1, 28, 28), global::StaticCnn.Flatten, L(10)] partial class M;")]
    public async Task AFixBindsUnderAliases(string id, string before, string title, string after)
    {
        const string Aliases =
            "using S = StaticCnn;\nusing N = StaticCnn.CnnModelAttribute;\nusing C = StaticCnn.Conv2dAttribute;\nusing F = StaticCnn.FlattenAttribute;\nusing L = StaticCnn.LinearAttribute;\n";
        using var editor = new Editor(Aliases + before);
        var diagnostic = (await editor.Diagnose()).First(each => each.Id == id);

        await editor.Apply(Assert.Single(await editor.Offer(diagnostic), each => each.Action.Title == title).Action);

        Assert.Equal(Aliases + after, await editor.Text());
        Assert.DoesNotContain(await editor.Diagnose(), each => each.Id == id);
        Assert.Empty(await editor.CompilerErrors());
    }

    [Fact]
    public async Task WhereAnAliasHidesWhatAnAttributeIsNothingIsAddedTwice()
    {
        using var editor = new Editor("using L = StaticCnn.LinearAttribute;\n[StaticCnn.CnnModel(1, 28, 28), StaticCnn.Flatten, L(1)] partial class M;");

        Assert.Equal(["Set outFeatures to 10"], (await editor.Offer(Assert.Single(await editor.Diagnose()))).Select(each => each.Action.Title));
    }

    /// <summary>A second mistake of the same kind is not fixed with the first, unless the user asks for all.</summary>
    [Theory]
    [InlineData("SCNN001", "Make it partial", $"{Model} [Flatten, Linear(10)] class A; {Model} [Flatten, Linear(10)] class B;")]
    [InlineData("SCNN007", "Set kernel to 11", $"{Model} [Conv2d(8, 12), ReLU, Conv2d(8, 13)] {End}")]
    [InlineData("SCNN008", "Set kernel to 4", "[CnnModel(1, 4, 4)] [Conv2d(8, 5)] [Flatten, Linear(10)] partial class A; [CnnModel(1, 2, 2)] [Conv2d(8, 3)] [Flatten, Linear(10)] partial class B;")]
    [InlineData("SCNN009", "Insert Flatten", $"{Model} [Linear(10)] partial class A; {Model} [Linear(2)] partial class B;")]
    [InlineData("SCNN011", "Set Name to \"x_2\"", $"{Model} [ReLU(Name = \"x\"), Conv2d(8, 3, Name = \"relu1\"), ReLU(Name = \"conv1\"), Conv2d(8, 3, Name = \"relu2\"), Flatten(Name = \"conv2\"), Conv2d(8, 3, Name = \"flatten\"), Linear(8, Name = \"conv3\"), ReLU(Name = \"fc1\"), Linear(4, Name = \"fc2x\"), Linear(2, Name = \"x\"), ReLU(Name = \"fc3\"), Dropout(0.1f, Name = \"X\")] partial class M;")]
    [InlineData("SCNN017", "Remove Epochs", $"{Model} [Training(Epochs = 0, BatchSize = 8, Beta2 = 1)] {End}")]
    [InlineData("SCNN023", "Set outChannels to 24", $"{Model} [Conv2d(20, 3), ReLU, Conv2d(12, 3), ReLU] {End}")]
    [InlineData("SCNN027", "Insert ReLU", $"{Model} [Conv2d(8, 3), Conv2d(8, 3), Conv2d(8, 3)] {End}")]
    public async Task AllOfAKindCanBeFixedAtOnce(string id, string title, string before)
    {
        using var editor = new Editor(Complete(before));
        var diagnostics = (await editor.Diagnose()).Where(each => each.Id == id).ToList();
        Assert.InRange(diagnostics.Count, 2, 9);

        var (action, provider) = Assert.Single(await editor.Offer(diagnostics[0]), each => each.Action.Title == title);
        await editor.ApplyToAll(action, provider, id);

        Assert.DoesNotContain(await editor.Diagnose(), each => each.Id == id);
    }

    [Fact]
    public void EveryIdHasAFixOrCannotHaveOne()
    {
        var ids = new CnnModelAnalyzer().SupportedDiagnostics.Select(descriptor => descriptor.Id).ToList();
        var offered = Editor.Fixes.SelectMany(provider => provider.FixableDiagnosticIds).Distinct().Order().ToList();

        Assert.Equal(ids.Except(WithoutFix), offered);
        Assert.Equal(offered, Fixes.Select(row => (string)row[0]).Distinct());
    }

    /// <summary>Each that a provider says it can fix, it does fix in one of the tests above.</summary>
    [Fact]
    public async Task EveryProviderIsUsedForEachOfItsIds()
    {
        var used = new HashSet<(string, string)>();
        foreach (var row in Fixes)
        {
            using var editor = new Editor(Complete((string)row[1]));
            var diagnostic = (await editor.Diagnose()).First(each => each.Id == (string)row[0]);
            foreach (var (_, provider) in await editor.Offer(diagnostic)) used.Add((provider.GetType().Name, diagnostic.Id));
        }

        Assert.Equal(
            Editor.Fixes.SelectMany(provider => provider.FixableDiagnosticIds.Select(id => (provider.GetType().Name, id))).Order(),
            used.Order());
    }

    [Theory]
    [InlineData("SCNN004", $"{Model} [Flatten, Linear(10)] partial record M;")]
    [InlineData("SCNN004", $"{Model} [Flatten, Linear(10)] partial class M(int size);")]
    [InlineData("SCNN007", $"{Model} [Conv2d(8, 3, Algorithm = (ConvolutionAlgorithm)9)] {End}")]
    [InlineData("SCNN013", $"{Model} [Dropout(-1)] {End}")]
    [InlineData("SCNN003", $"{Model} [Flatten, Linear(10)] partial class M<T>;")]
    public async Task WhereNobodyKnowsWhatWasMeantNothingIsOffered(string id, string source)
    {
        using var editor = new Editor(Complete(source));

        Assert.Empty(await editor.Offer(Assert.Single(await editor.Diagnose(), each => each.Id == id)));
    }

    /// <summary>What is taken away or moved across a directive would leave half of it.</summary>
    [Theory]
    [InlineData("SCNN026", $"{Model}\n[Conv2d(8, 3), ReLU,\n#if !NEVER\n ReLU,\n#endif\n Flatten, Linear(10)] partial class M;", "Remove ReLU")]
    [InlineData("SCNN022", $"{Model}\n[Flatten, Linear(10)\n#if !NEVER\n , ReLU\n#endif\n] partial class M;", "Remove ReLU")]
    [InlineData("SCNN022", $"{Model}\n[Flatten, Linear(10),\n#if !NEVER\n ReLU\n#else\n Dropout(0.5f)\n#endif\n] partial class M;", "Remove ReLU")]
    [InlineData("SCNN010", $"{Model}\n[Flatten,\n#if NEVER\n ReLU,\n#endif\n MaxPool2d(2), Linear(10)] partial class M;", "Move MaxPool2d before Flatten")]
    [InlineData("SCNN017", $"{Model} [Training(BatchSize = 32,\n#if !NEVER\n Epochs = 0\n#endif\n)] {End}", "Remove Epochs")]
    [InlineData("SCNN026", $"{Model}\n[\n#if !NEVER\n MaxPool2d(1)\n#endif\n]\n{End}", "Remove MaxPool2d")]
    [InlineData("SCNN026", $"{Model}\n#if !NEVER\n[MaxPool2d(1)]\n#endif\n{End}", "Remove MaxPool2d", true)]
    public async Task AcrossADirectiveNothingIsOffered(string id, string source, string title, bool isWithin = false)
    {
        using var editor = new Editor(Complete(source));
        var offered = await editor.Offer((await editor.Diagnose()).First(each => each.Id == id));

        Assert.Equal(isWithin, offered.Any(each => each.Action.Title == title));
        if (isWithin) await editor.Apply(offered.Single(each => each.Action.Title == title).Action);
        Assert.Empty(await editor.CompilerErrors());
    }

    /// <summary>The compiler loads the generator without an editor beside it; the fixes need one, so they stand apart.</summary>
    [Fact]
    public void TheGeneratorNeedsNoEditor()
    {
        var names = typeof(CnnModelAnalyzer).Assembly.GetReferencedAssemblies().Select(name => name.Name!);
        Assert.DoesNotContain(names, name => name.Contains("Workspaces", StringComparison.Ordinal) || name.Contains("CodeFixes", StringComparison.Ordinal));
        Assert.DoesNotContain(
            Editor.Fixes[0].GetType().Assembly.GetReferencedAssemblies(), name => name.Name == typeof(CnnModelAnalyzer).Assembly.GetName().Name);
    }

    private static string Complete(string declaration) => "using StaticCnn;\n" + declaration + "\n";
}
