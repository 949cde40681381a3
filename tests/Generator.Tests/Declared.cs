using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using StaticCnn.Generator.Declaration;
using StaticCnn.Generator.Kernels;
using StaticCnn.Generator.Kernels.Ir;
using StaticCnn.Generator.Network;
using StaticCnn.Generator.Plan;

namespace Generator.Tests;

/// <summary>The generator's stages one by one, from attributes as they are written.</summary>
internal static class Declared
{
    public const string SimpleCnn =
        """
        [CnnModel(1, 28, 28)]
        [Conv2d(16, 5, Padding = 2), ReLU, MaxPool2d(2)]
        [Conv2d(32, 5, Padding = 2), ReLU, MaxPool2d(2)]
        [Flatten, Linear(128), ReLU, Dropout(0.2f)]
        [Linear(10)]
        """;

    /// <summary>The network of a class with these attributes.</summary>
    public static CnnNetwork Network(string attributes, string name = "Net")
    {
        var compilation = GeneratorHarness.CreateCompilation(LanguageVersion.Latest, $"using StaticCnn;\n{attributes}\npublic sealed partial class {name};");
        var type = compilation.GetTypeByMetadataName(name)!;
        var result = NetworkBuilder.Build(DeclarationReader.Read(type, ModelAttributes.Of(type), default)!);
        Assert.Empty(result.Errors);
        return result.Network!;
    }

    public static NetworkPlan Plan(string attributes, int bits) => Planner.Plan(Network(attributes), new Target(bits));

    /// <summary>The kernels of all programs.</summary>
    public static IEnumerable<Kernel> Kernels(NetworkPlan plan) => plan.Programs.SelectMany(program => program.Operations)
        .SelectMany(operation => Lowering.Lower(operation, plan.Target).Kernels);
}
