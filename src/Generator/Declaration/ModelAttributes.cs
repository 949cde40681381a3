using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace StaticCnn.Generator.Declaration;

/// <summary>The attributes of one class that concern us. The reader takes their arguments, the analyzer their locations.</summary>
internal sealed class ModelAttributes
{
    public const string CnnModel = "StaticCnn.CnnModelAttribute";

    /// <summary>All of them.</summary>
    public static readonly ImmutableArray<string> Names =
    [
        CnnModel, "StaticCnn.TrainingAttribute", "StaticCnn.NativeExportsAttribute", .. AttributeReader.Layers.Select(layer => "StaticCnn." + layer),
    ];

    private ModelAttributes(AttributeData? model, AttributeData? training, AttributeData? exports, ImmutableArray<AttributeData> layers) =>
        (Model, Training, Exports, Layers) = (model, training, exports, layers);

    public AttributeData? Model { get; }

    public AttributeData? Training { get; }

    /// <summary>[NativeExports].</summary>
    public AttributeData? Exports { get; }

    /// <summary>The layer attributes in source order.</summary>
    public ImmutableArray<AttributeData> Layers { get; }

    /// <summary>The attribute that a class is asked by: [CnnModel], or the first of ours where that is missing.</summary>
    public AttributeData? Main => All.FirstOrDefault();

    public IEnumerable<AttributeData> All => new[] { Model, Training, Exports }.OfType<AttributeData>().Concat(Layers);

    public static ModelAttributes Of(INamedTypeSymbol type)
    {
        var known = type.GetAttributes().Where(IsOurs).ToImmutableArray();
        return new ModelAttributes(
            known.FirstOrDefault(attribute => attribute.AttributeClass!.Name == "CnnModelAttribute"),
            known.FirstOrDefault(attribute => attribute.AttributeClass!.Name == "TrainingAttribute"),
            known.FirstOrDefault(attribute => attribute.AttributeClass!.Name == "NativeExportsAttribute"),
            known.Where(attribute => AttributeReader.IsLayer(attribute.AttributeClass!))
                .OrderBy(attribute => attribute.ApplicationSyntaxReference!.Span.Start)
                .ToImmutableArray());
    }

    /// <summary>The part of the class that carries an attribute.</summary>
    public static TypeDeclarationSyntax PartOf(AttributeData attribute, CancellationToken cancellation) =>
        attribute.ApplicationSyntaxReference!.GetSyntax(cancellation).FirstAncestorOrSelf<TypeDeclarationSyntax>()!;

    private static bool IsOurs(AttributeData attribute) =>
        attribute is
        {
            ApplicationSyntaxReference: not null,
            AttributeClass.ContainingNamespace: { Name: "StaticCnn", ContainingNamespace.IsGlobalNamespace: true },
        };
}
