using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace StaticCnn.Generator.Declaration;

/// <summary>Whether a class can have a generated part, and how the types around it are spelled.</summary>
internal static class TypeShape
{
    /// <summary>The types around a type, outermost first.</summary>
    public static IReadOnlyList<INamedTypeSymbol> ContainersOf(INamedTypeSymbol type)
    {
        var containers = new List<INamedTypeSymbol>();
        for (var container = type.ContainingType; container is not null; container = container.ContainingType)
        {
            containers.Insert(0, container);
        }

        return containers;
    }

    public static string KeywordOf(INamedTypeSymbol type) => type switch
    {
        { IsRecord: true, TypeKind: TypeKind.Struct } => "record struct",
        { IsRecord: true } => "record",
        { TypeKind: TypeKind.Struct } => "struct",
        { TypeKind: TypeKind.Interface } => "interface",
        _ => "class",
    };

    public static IEnumerable<DeclarationError> ErrorsOf(
        INamedTypeSymbol type, ModelAttributes attributes, CancellationToken cancellation)
    {
        var containers = ContainersOf(type);

        // Collection expressions: C# 12.
        if (attributes.Model?.ApplicationSyntaxReference?.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: < LanguageVersion.CSharp12 } options)
            yield return new(Fault.LanguageTooOld, Place.Class, type.Name, options.LanguageVersion.ToDisplayString());

        if (!IsPartial(type, cancellation)) yield return new(Fault.NotPartial, Place.Class, type.Name);

        foreach (var container in containers)
        {
            if (!IsPartial(container, cancellation))
                yield return new(Fault.ContainerNotPartial, Place.Class, type.Name, container.Name);
        }

        var generic = containers.Concat([type]).FirstOrDefault(candidate => candidate.Arity > 0);
        if (generic is not null) yield return new(Fault.Generic, Place.Class, type.Name, generic.Name);

        if (Unsuitable(type, cancellation) is { } reason) yield return new(Fault.UnsuitableType, Place.Class, type.Name, reason);

        var firstPart = attributes.Layers.Select(layer => ModelAttributes.PartOf(layer, cancellation)).FirstOrDefault();
        for (int i = 0; i < attributes.Layers.Length; i++)
        {
            if (ModelAttributes.PartOf(attributes.Layers[i], cancellation) == firstPart) continue;
            yield return new(Fault.LayersOverSeveralParts, Place.Layer(i), type.Name);
            break;
        }
    }

    private static string? Unsuitable(INamedTypeSymbol type, CancellationToken cancellation) => type switch
    {
        { IsRecord: true } => "is a record",
        { TypeKind: not TypeKind.Class } => $"is a {KeywordOf(type)}",
        { IsStatic: true } => "is static",
        { IsAbstract: true } => "is abstract",
        { IsFileLocal: true } => "is local to its file",
        _ when ContainersOf(type).Any(container => container.IsFileLocal) => "is nested in a type that is local to its file",
        _ when Parts(type, cancellation).Any(part => part.ParameterList is not null) => "has a primary constructor",
        _ => null,
    };

    private static bool IsPartial(INamedTypeSymbol type, CancellationToken cancellation) =>
        Parts(type, cancellation).All(part => part.Modifiers.Any(SyntaxKind.PartialKeyword));

    private static IEnumerable<TypeDeclarationSyntax> Parts(INamedTypeSymbol type, CancellationToken cancellation) =>
        type.DeclaringSyntaxReferences.Select(part => part.GetSyntax(cancellation)).OfType<TypeDeclarationSyntax>();
}
