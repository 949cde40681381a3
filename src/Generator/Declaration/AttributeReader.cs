using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace StaticCnn.Generator.Declaration;

/// <summary>Reads one well-formed attribute's arguments.</summary>
internal static class AttributeReader
{
    /// <summary>The layers' attributes.</summary>
    public static readonly ImmutableArray<string> Layers =
        ["Conv2dAttribute", "MaxPool2dAttribute", "ReLUAttribute", "FlattenAttribute", "LinearAttribute", "DropoutAttribute"];

    public static bool IsLayer(string attributeName) => Layers.Contains(attributeName);

    public static LayerDeclaration Read(AttributeData attribute)
    {
        var name = (string?)Option(attribute, "Name");
        return attribute.AttributeClass!.Name switch
        {
            "Conv2dAttribute" => new Conv2dDeclaration(
                name, Argument<int>(attribute, 0), Argument<int>(attribute, 1), LastArgument(attribute))
            {
                Stride = Option<int>(attribute, "Stride"),
                StrideHeight = Option<int>(attribute, "StrideHeight"),
                StrideWidth = Option<int>(attribute, "StrideWidth"),
                Padding = Option<int>(attribute, "Padding"),
                PaddingHeight = Option<int>(attribute, "PaddingHeight"),
                PaddingWidth = Option<int>(attribute, "PaddingWidth"),
                Bias = Option<bool>(attribute, "Bias"),
                Algorithm = Option<int>(attribute, "Algorithm"),
            },
            "MaxPool2dAttribute" => new MaxPool2dDeclaration(name, Argument<int>(attribute, 0), LastArgument(attribute))
            {
                Stride = Option<int>(attribute, "Stride"),
                StrideHeight = Option<int>(attribute, "StrideHeight"),
                StrideWidth = Option<int>(attribute, "StrideWidth"),
            },
            "ReLUAttribute" => new ReluDeclaration(name),
            "FlattenAttribute" => new FlattenDeclaration(name),
            "LinearAttribute" => new LinearDeclaration(name, Argument<int>(attribute, 0))
            {
                Bias = Option<bool>(attribute, "Bias"),
            },
            "DropoutAttribute" => new DropoutDeclaration(name, Argument<float>(attribute, 0)),
            var other => throw new ArgumentException($"{other} is no layer.", nameof(attribute)),
        };
    }

    public static InputDeclaration ReadInput(AttributeData attribute) =>
        new(Argument<int>(attribute, 0), Argument<int>(attribute, 1), Argument<int>(attribute, 2));

    public static TrainingDeclaration ReadTraining(AttributeData attribute) => new(
        Option<int>(attribute, "BatchSize"),
        Option<int>(attribute, "Epochs"),
        Option<float>(attribute, "LearningRate"),
        Option<float>(attribute, "Beta1"),
        Option<float>(attribute, "Beta2"),
        Option<float>(attribute, "Epsilon"));

    /// <summary>The prefix of [NativeExports]; a null that is written there is an empty one, which is wrong too.</summary>
    public static string ReadPrefix(AttributeData attribute) => (string?)attribute.ConstructorArguments[0].Value ?? "";

    /// <summary>Whether the compiler accepts the attribute; if it does not, its arguments may be missing.</summary>
    public static bool IsWellFormed(AttributeData attribute) =>
        attribute.AttributeConstructor is { } constructor
        && constructor.Parameters.Length == attribute.ConstructorArguments.Length
        && attribute.ConstructorArguments.All(argument => argument.Kind != TypedConstantKind.Error)
        && attribute.NamedArguments.All(argument => argument.Value.Kind != TypedConstantKind.Error);

    private static T Argument<T>(AttributeData attribute, int index) => (T)attribute.ConstructorArguments[index].Value!;

    /// <summary>The width: the same argument as the height where one size is given for both.</summary>
    private static int LastArgument(AttributeData attribute) =>
        Argument<int>(attribute, attribute.ConstructorArguments.Length - 1);

    private static T? Option<T>(AttributeData attribute, string name) where T : struct => (T?)Option(attribute, name);

    private static object? Option(AttributeData attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value.Value;
}
