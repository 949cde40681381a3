using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace StaticCnn.Generator.Declaration;

/// <summary>Reads one well-formed attribute's arguments.</summary>
internal static class AttributeReader
{
    private const string Suffix = "Attribute";

    /// <summary>The layers' attributes: each has a record of its name that resolves it.</summary>
    public static readonly ImmutableArray<string> Layers = typeof(AttributeReader).Assembly.GetTypes()
        .Where(type => type.Namespace == "StaticCnn.Generator.Layers" && type.BaseType?.Name == "Layer")
        .Select(type => type.Name + Suffix).OrderBy(name => name, StringComparer.Ordinal).ToImmutableArray();

    /// <summary>Whether a class of ours is that of a layer: one that derives from the base of all of them.</summary>
    public static bool IsLayer(INamedTypeSymbol attribute) => attribute.BaseType?.Name == "LayerAttribute";

    public static LayerDeclaration Read(AttributeData attribute)
    {
        var parameters = attribute.AttributeConstructor!.Parameters;
        string name = attribute.AttributeClass!.Name;
        return new LayerDeclaration(
            name.Substring(0, name.Length - Suffix.Length),
            attribute.ConstructorArguments.SelectMany((value, i) => Each(value).Select(one => Of(parameters[i].Name, one, isOption: false)))
                .Concat(attribute.NamedArguments.Select(option => Of(option.Key, option.Value, isOption: true)))
                .ToEquatableArray());
    }

    public static InputDeclaration ReadInput(AttributeData attribute) =>
        attribute.ConstructorArguments.Length == 1
            ? new(Argument<int>(attribute, 0), 1, 1, IsVector: true)
            : new(Argument<int>(attribute, 0), Argument<int>(attribute, 1), Argument<int>(attribute, 2));

    public static TrainingDeclaration ReadTraining(AttributeData attribute) => new(
        Option<int>(attribute, "BatchSize"),
        Option<int>(attribute, "Epochs"),
        Option<float>(attribute, "LearningRate"),
        Option<float>(attribute, "Beta1"),
        Option<float>(attribute, "Beta2"),
        Option<float>(attribute, "Epsilon"),
        Option<int>(attribute, "Loss"));

    /// <summary>The prefix of [NativeExports]; a null that is written there is an empty one, which is wrong too.</summary>
    public static string ReadPrefix(AttributeData attribute) => (string?)attribute.ConstructorArguments[0].Value ?? "";

    /// <summary>Whether the compiler accepts the attribute; if it does not, its arguments may be missing.</summary>
    public static bool IsWellFormed(AttributeData attribute) =>
        attribute.AttributeConstructor is { } constructor
        && constructor.Parameters.Length == attribute.ConstructorArguments.Length
        && attribute.ConstructorArguments.All(argument => argument.Kind != TypedConstantKind.Error)
        && attribute.NamedArguments.All(argument => argument.Value.Kind != TypedConstantKind.Error);

    private static IEnumerable<TypedConstant> Each(TypedConstant value) =>
        value.Kind != TypedConstantKind.Array ? [value] : value.IsNull ? [] : value.Values;

    private static Argument Of(string name, TypedConstant value, bool isOption) => new(name, value.Value, isOption, MemberOf(value));

    /// <summary>The member of an enumeration that a value is; null where it is of none.</summary>
    private static string? MemberOf(TypedConstant value) => value.Kind != TypedConstantKind.Enum
        ? null
        : value.Type!.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => Equals(field.ConstantValue, value.Value))?.ToDisplayString();

    private static T Argument<T>(AttributeData attribute, int index) => (T)attribute.ConstructorArguments[index].Value!;

    private static T? Option<T>(AttributeData attribute, string name) where T : struct =>
        (T?)attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value.Value;
}
