using Generator.Tests.GeneratedCode;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Generator.Tests.Emit;

/// <summary>What a user's project may be like, and the generated part must still compile in it and say the right thing.</summary>
public class ModelEmitterTests
{
    private const string Layers =
        "[global::StaticCnn.CnnModel(1, 6, 6), global::StaticCnn.Conv2d(2, 3), global::StaticCnn.ReLU, global::StaticCnn.MaxPool2d(2), "
        + "global::StaticCnn.Flatten, global::StaticCnn.Linear(3)]";

    [Theory]
    [InlineData("{0} partial class Net;", "Net", "Net")]
    [InlineData("{0} public sealed partial class Net;", "Net", "Net")]
    [InlineData("{0} internal partial class @class;", "class", "class")]
    [InlineData("namespace @namespace.@new {{ {0} public partial class @class; }}", "namespace.new.class", "class")]
    [InlineData("namespace My.StaticCnn; {0} partial class Net;", "My.StaticCnn.Net", "Net")]
    [InlineData("namespace A; public static partial class Outer {{ internal partial struct @struct {{ {0} public partial class Net; }} }}", "A.Outer+struct+Net", "Net")]
    [InlineData("namespace Ä; {0} partial class Größe;", "Ä.Größe", "Größe")]
    [InlineData("{0} partial class Net {{ private int sum; public int Sum() => sum++; }}", "Net", "Net")]
    public void AClassOfAnyPlaceAndNameCompiles(string source, string type, string name)
    {
        using var model = GeneratorHarness.Compile(string.Format(null, source, Layers));

        var instance = TestModel.Create(model[type]);
        Assert.Equal(name, instance.Name);
        Assert.Equal(name, instance.Parameters.Model);
        foreach (int bits in TestModel.Widths) TestModel.Create(model[type], bits);
    }

    [Fact]
    public void TheClassKeepsItsAccessibility()
    {
        using var model = GeneratorHarness.Compile($"{Layers} public partial class Shown; {Layers} internal partial class Hidden;");

        Assert.True(model["Shown"].IsPublic);
        Assert.False(model["Hidden"].IsPublic);
        Assert.All(
            model.Assembly.GetTypes().Where(type => type.Namespace?.StartsWith("StaticCnn.", StringComparison.Ordinal) == true),
            type => Assert.False(type.IsVisible));
    }

    /// <summary>Names that differ in case, or in where a dot stands, need files and kernels of their own.</summary>
    [Fact]
    public void ModelsStandBesideEachOther()
    {
        using var model = GeneratorHarness.Compile(
            $$"""
            {{Layers}} partial class Net;
            {{Layers}} partial class NET;
            namespace A { {{Layers}} partial class Net; }
            namespace A.B { {{Layers}} partial class C_D; }
            namespace A.B_C { {{Layers}} partial class D; }
            partial class Outer { {{Layers}} partial class Net; }
            namespace App.MNIST { {{Layers}} partial class Net; }
            namespace App.Mnist { {{Layers}} partial class Net; }
            namespace App { {{Layers}} partial class _V2; }
            namespace App_ { {{Layers}} partial class V2; }
            """);

        string[] types = ["Net", "NET", "A.Net", "A.B.C_D", "A.B_C.D", "Outer+Net", "App.MNIST.Net", "App.Mnist.Net", "App._V2", "App_.V2"];
        Assert.Equal(types.Length * 4, model.Files.Count);
        foreach (string type in types) TestModel.Create(model[type]);
    }

    /// <summary>Layer names that the kernels use themselves, or that C# keeps for itself, change no result.</summary>
    [Theory]
    [InlineData("int", "class", "sum", "x")]
    [InlineData("c", "oh", "ow", "weight")]
    [InlineData("shard", "task", "batch", "worker")]
    [InlineData("parameters", "first", "prepared", "activations")]
    [InlineData("V", "Load", "Create", "Unsafe")]
    [InlineData("_1", "__", "Kernels512", "Trainer")]
    [InlineData("image", "scalars", "convolutionGradients", "dropoutKeys0")]
    [InlineData("conv2Weight", "conv2Gradient", "conv2BiasGradient", "fc1Input")]
    [InlineData("image", "conv2Input", "imageGradient", "relu2Gradient")]
    [InlineData("best", "place", "gradient", "winner")]
    public void LayersMayHaveAnyName(string conv, string relu, string pool, string linear)
    {
        const string Source =
            """
            using StaticCnn;
            [CnnModel(2, 8, 7)]
            [Conv2d(3, 3, Name = "{0}"), ReLU(Name = "{1}"), MaxPool2d(2, Name = "{2}")]
            [Conv2d(2, 2), Flatten, Linear(5), ReLU, Dropout(0.25f), Linear(3, Name = "{3}")]
            partial class Net;
            """;
        using var named = GeneratorHarness.Compile(string.Format(null, Source, conv, relu, pool, linear));
        using var plain = GeneratorHarness.Compile(string.Format(null, Source, "conv1", "relu1", "pool1", "fc2"));

        Assert.Equal([conv, relu, pool, "conv2", "flatten", "fc1", "relu2", "dropout1", linear], TestModel.Create(named["Net"]).Layers.Select(layer => layer.Name));
        Assert.NotNull(named["Net"].GetProperty(char.ToUpperInvariant(conv[0]) + conv[1..] + "Weight"));
        foreach (int bits in TestModel.Widths) Assert.Equal(Losses(plain, bits), Losses(named, bits));
    }

    /// <summary>Projects may use C# 12, allow no unsafe code and take warnings as errors; warnings that are suppressed in generated files count, too.</summary>
    [Fact]
    public void AStrictProjectCompiles()
    {
        var compilation = GeneratorHarness.CreateCompilation(LanguageVersion.CSharp12, $"/// <summary>Documented.</summary>\n{Layers} public sealed partial class Net;");
        compilation = compilation.WithOptions(compilation.Options
            .WithAllowUnsafe(false)
            .WithOverflowChecks(true)
            .WithGeneralDiagnosticOption(ReportDiagnostic.Error)
            .WithWarningLevel(9999));
        GeneratorHarness.CreateDriver(LanguageVersion.CSharp12).RunGeneratorsAndUpdateCompilation(compilation, out var generated, out _);

        Assert.Equal(5, generated.SyntaxTrees.Count());
        Assert.DoesNotContain(generated.GetDiagnostics(), diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);
    }

    /// <summary>What is suppressed in generated files stays so, whatever a project is and switches on.</summary>
    [Fact]
    public void AProjectThatCompliesWithTheClsGetsNoWarning()
    {
        var compilation = GeneratorHarness.CreateCompilation(
            LanguageVersion.CSharp12,
            $"[assembly: System.CLSCompliant(true)]\n/// <summary>Documented.</summary>\n{Layers} [global::StaticCnn.NativeExports(\"net\")] public sealed partial class Net;");
        compilation = compilation.WithOptions(compilation.Options
            .WithReportSuppressedDiagnostics(false)
            .WithNullableContextOptions(NullableContextOptions.Disable)
            .WithWarningLevel(9999));
        GeneratorHarness.CreateDriver(LanguageVersion.CSharp12).RunGeneratorsAndUpdateCompilation(compilation, out var generated, out _);

        Assert.Equal(6, generated.SyntaxTrees.Count());
        Assert.DoesNotContain(generated.GetDiagnostics(), diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);
    }

    /// <summary>A project may check its arithmetic for overflow; nothing that is generated relies on wrapping around.</summary>
    [Fact]
    public void CheckedArithmeticComputesTheSame()
    {
        string source = $"{Layers[..^1]}, global::StaticCnn.ReLU, global::StaticCnn.Dropout(0.5f), global::StaticCnn.Linear(3)] partial class Net;";
        using var plain = GeneratorHarness.Compile(source);
        var compilation = GeneratorHarness.CreateCompilation(LanguageVersion.CSharp12, [source, .. plain.Files.Values]);
        using var compiled = GeneratorHarness.Load(compilation.WithOptions(compilation.Options.WithOverflowChecks(true)));

        foreach (int bits in TestModel.Widths) Assert.Equal(Losses(plain, bits), Losses(compiled, bits));
    }

    [Fact]
    public void TheCultureChangesNoByte()
    {
        const string Source =
            """
            using StaticCnn;
            [CnnModel(3, 28, 28)]
            [Conv2d(40, 5, 3, Stride = 2, Padding = 1), ReLU, MaxPool2d(2, Stride = 1), Flatten, Linear(1500), ReLU, Dropout(0.125f), Linear(10)]
            [Training(LearningRate = 0.00123f, Epsilon = 1e-7f)]
            partial class Imagine;
            """;
        using var plain = GeneratorHarness.Compile(Source);
        using var culture = new HostileCulture();
        using var hostile = GeneratorHarness.Compile(Source);

        Assert.Equal(plain.Files, hostile.Files);
        Assert.All(plain.Files.Values, file => Assert.DoesNotContain("\r", file, StringComparison.Ordinal));
    }

    private static float[] Losses(GeneratedModel compiled, int bits)
    {
        var model = TestModel.Create(compiled["Net"], bits);
        using var trainer = model.CreateTrainer();
        float[] images = [.. Enumerable.Range(0, 5 * model.ImageLength).Select(i => i % 17 / 17f)];
        return [.. Enumerable.Range(0, 4).Select(_ => trainer.Step(images, [0, 1, 2, 1, 0]))];
    }
}
