using System.Threading;
using Microsoft.CodeAnalysis;

namespace StaticCnn.Generator.Declaration;

/// <summary>
/// Symbols in, values out. The generator and the analyzer both read declarations here, so that what one accepts the
/// other does not report.
/// </summary>
internal static class DeclarationReader
{
    private static readonly SymbolDisplayFormat FullName =
        new(typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);

    private static readonly SymbolDisplayFormat FullNameAsCode =
        FullName.WithMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    private static readonly SymbolDisplayFormat NameAsCode =
        new(miscellaneousOptions: SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    /// <summary>The transform of the pipeline: null where the attribute is a second one, on another part of the class.</summary>
    public static ModelDeclaration? Read(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        var type = (INamedTypeSymbol)context.TargetSymbol;
        var attributes = ModelAttributes.Of(type);
        return attributes.Model is { } model && ModelAttributes.PartOf(model, cancellation) == context.TargetNode
            ? Read(type, attributes, cancellation)
            : null;
    }

    /// <summary>Null where the compiler itself rejects one of the attributes: its message says enough.</summary>
    public static ModelDeclaration? Read(
        INamedTypeSymbol type, ModelAttributes attributes, CancellationToken cancellation)
    {
        if (attributes.Model is not { } model || !attributes.All.All(AttributeReader.IsWellFormed)) return null;

        return new ModelDeclaration(
            type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString(FullNameAsCode),
            TypeShape.ContainersOf(type)
                .Select(container => $"partial {TypeShape.KeywordOf(container)} {container.ToDisplayString(NameAsCode)}")
                .ToEquatableArray(),
            type.ToDisplayString(NameAsCode),
            type.ToDisplayString(FullName),
            AttributeReader.ReadInput(model),
            attributes.Layers.Select(AttributeReader.Read).ToEquatableArray(),
            attributes.Training is { } training ? AttributeReader.ReadTraining(training) : new TrainingDeclaration(),
            TypeShape.ErrorsOf(type, attributes, cancellation).ToEquatableArray(),
            attributes.Exports is { } exports ? AttributeReader.ReadPrefix(exports) : null);
    }
}
