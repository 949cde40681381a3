using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;
using StaticCnn.Generator;
using StaticCnn.Generator.Declaration;

namespace Generator.Tests.Declaration;

public class DeclarationReaderTests
{
    [Fact]
    public void ReadsTheTutorialsNetworkInSourceOrder()
    {
        var declaration = Read(
            """
            using StaticCnn;
            namespace Shop.Vision;
            [CnnModel(1, 28, 20)]
            [Conv2d(16, 5, Padding = 2), ReLU, MaxPool2d(2)]
            [Conv2d(32, 5, 3, PaddingHeight = 1, Bias = false, StrideWidth = 2, Algorithm = ConvolutionAlgorithm.Winograd)]
            [MaxPool2d(2, 3, Stride = 1)]
            [Flatten, Linear(128, Name = "hidden"), ReLU, Dropout(0.2f)]
            [Training(BatchSize = 64, LearningRate = 0.001f)]
            [Linear(10, Bias = false)]
            public sealed partial class Digits;
            """);

        Assert.Equal(("Shop.Vision", "Digits", "Shop.Vision.Digits"), (declaration.Namespace, declaration.Name, declaration.FullName));
        Assert.Equal(new InputDeclaration(1, 28, 20), declaration.Input);
        Assert.Equal(new TrainingDeclaration(BatchSize: 64, LearningRate: 0.001f), declaration.Training);
        Assert.Empty(declaration.Errors);
        Assert.Equal(
            [
                new("Conv2d", new("outChannels", 16), new("kernel", 5), Option("Padding", 2)),
                new("ReLU"),
                new("MaxPool2d", new Argument("window", 2)),
                new(
                    "Conv2d", new("outChannels", 32), new("kernelHeight", 5), new("kernelWidth", 3), Option("PaddingHeight", 1), Option("Bias", false),
                    Option("StrideWidth", 2), new("Algorithm", 2, IsOption: true, "StaticCnn.ConvolutionAlgorithm.Winograd")),
                new("MaxPool2d", new("windowHeight", 2), new("windowWidth", 3), Option("Stride", 1)),
                new("Flatten"),
                new("Linear", new("outFeatures", 128), Option("Name", "hidden")),
                new("ReLU"),
                new("Dropout", new Argument("probability", 0.2f)),
                new LayerDeclaration("Linear", new("outFeatures", 10), Option("Bias", false)),
            ],
            declaration.Layers);
    }

    [Fact]
    public void ArgumentsMayBeNamedAndConstant()
    {
        var declaration = Read(
            """
            using StaticCnn;
            [CnnModel(width: 9, channels: 3, height: Sizes.Side)]
            [Conv2d(kernel: Sizes.Side / 3, outChannels: (int)'\x8')]
            [Flatten, Linear(2)]
            partial class Small;
            static class Sizes { public const int Side = 6; }
            """);

        Assert.Equal(new InputDeclaration(3, 6, 9), declaration.Input);
        Assert.Equal((8, 2), (declaration.Layers[0].Int("outChannels"), declaration.Layers[0].Int("kernel")));
    }

    [Fact]
    public void ForeignAttributesAreNoLayers()
    {
        var declaration = Read(
            """
            [StaticCnn.CnnModel(1, 4, 4), System.Serializable, Mine.Flatten]
            [StaticCnn.FlattenAttribute, StaticCnn.Linear(2)]
            partial class Small;
            namespace Mine { class FlattenAttribute : System.Attribute; }
            """);

        Assert.Equal(["Flatten", "Linear"], declaration.Layers.Select(layer => layer.Kind));
    }

    [Fact]
    public void TheTypesAroundAreSpelledAsPartsOfThem()
    {
        var declaration = Read(
            """
            namespace A.@namespace;
            public static partial class Outer
            {
                internal readonly partial record struct @record
                {
                    partial interface I
                    {
                        [StaticCnn.CnnModel(1, 4, 4), StaticCnn.Flatten, StaticCnn.Linear(2)]
                        private sealed partial class @class;
                    }
                }
            }
            """);

        Assert.Equal("A.@namespace", declaration.Namespace);
        Assert.Equal(["partial class Outer", "partial record struct @record", "partial interface I"], declaration.Containers);
        Assert.Equal("@class", declaration.Name);
        Assert.Equal("A.namespace.Outer.record.I.class", declaration.FullName);
        Assert.Empty(declaration.Errors);
    }

    [Fact]
    public void NestedModelsCompile()
    {
        using var model = GeneratorHarness.Compile(
            LanguageVersion.CSharp12,
            """
            namespace A.@namespace;
            public static partial class Outer
            {
                internal partial record struct @record
                {
                    [StaticCnn.CnnModel(1, 4, 4), StaticCnn.Flatten, StaticCnn.Linear(2)]
                    private sealed partial class @class;
                }
            }
            """);

        Assert.NotNull(model["A.namespace.Outer+record+class"]);
        Assert.NotEmpty(model.Files);
    }

    /// <summary>The compiler compares hint names without regard to case, and throws where two are equal.</summary>
    [Fact]
    public void ClassesThatDifferInCaseAloneBothGetFiles()
    {
        const string Layers = "[StaticCnn.CnnModel(1, 4, 4), StaticCnn.Flatten, StaticCnn.Linear(2)]";
        using var model = GeneratorHarness.Compile($"{Layers} partial class Net; {Layers} partial class NET; {Layers} partial class net_;");

        Assert.Equal(3, model.Files.Keys.Select(file => file.Split('.')[0]).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void ASecondModelAttributeDoesNotGenerateTwice()
    {
        const string Part = "[StaticCnn.CnnModel(1, 4, 4), StaticCnn.Flatten, StaticCnn.Linear(2)] partial class Net; [StaticCnn.CnnModel(1, 4, 4)] partial class Net;";
        var compilation = GeneratorHarness.CreateCompilation(LanguageVersion.Latest, Part);

        var result = GeneratorHarness.CreateDriver().RunGenerators(compilation).GetRunResult().Results.Single();

        Assert.Null(result.Exception);
    }

    [Fact]
    public void NumbersAreValuesWhateverTheCulture()
    {
        var hostile = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        hostile.NumberFormat.NumberDecimalSeparator = ",";
        hostile.NumberFormat.NegativeSign = "\u2212";
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = hostile;
        try
        {
            const string Source = "using StaticCnn; [CnnModel(1, 4, 4), Flatten, Dropout(0.25f), Linear(2), Training(LearningRate = 0.001f)] partial class M;";
            var declaration = Read(Source);
            Assert.Equal(0.001f, declaration.Training.LearningRate);
            Assert.Equal(0.25f, declaration.Layers[1].Float("probability"));

            var diagnostics = GeneratorHarness.Diagnose(Source.Replace("0.25f", "-0.25f").Replace("Linear(2)", "Linear(-2)"));
            Assert.Contains(diagnostics, diagnostic => diagnostic.GetMessage(CultureInfo.CurrentCulture).EndsWith("is -0.25", StringComparison.Ordinal));
            Assert.Contains(diagnostics, diagnostic => diagnostic.GetMessage(CultureInfo.CurrentCulture).EndsWith("is -2", StringComparison.Ordinal));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static Argument Option(string name, object value) => new(name, value, IsOption: true);

    private static ModelDeclaration Read(string source)
    {
        var compilation = GeneratorHarness.CreateCompilation(LanguageVersion.Latest, source);
        var result = GeneratorHarness.CreateDriver().RunGenerators(compilation).GetRunResult().Results.Single();
        return Assert.IsType<ModelDeclaration>(Assert.Single(result.TrackedSteps[CnnGenerator.DeclarationStep]).Outputs.Single().Value);
    }
}
