using System.Threading;
using Microsoft.CodeAnalysis;
using StaticCnn.Generator.Declaration;
using StaticCnn.Generator.Emit;
using StaticCnn.Generator.Network;

namespace StaticCnn.Generator.Diagnostics;

/// <summary>What there is to say of one type, with its place in the source.</summary>
internal readonly record struct Finding(DeclarationError Error, Location Location, Location? Before);

/// <summary>Finds what is wrong with a declaration: for the analyzer, and for the generator where no analyzer runs.</summary>
internal static class Findings
{
    public static IEnumerable<Finding> Of(INamedTypeSymbol type, CancellationToken cancellation)
    {
        var attributes = ModelAttributes.Of(type);
        return ErrorsOf(type, attributes, cancellation).Select(error => new Finding(
            error, LocationOf(error.Place, attributes, cancellation),
            error.Before is { } place ? LocationOf(place, attributes, cancellation) : null));
    }

    private static IEnumerable<DeclarationError> ErrorsOf(INamedTypeSymbol type, ModelAttributes attributes, CancellationToken cancellation)
    {
        if (attributes.Main is not { } main) return [];
        if (attributes.Model is null) return [new(Fault.NoCnnModel, Place.Model, type.Name, main.AttributeClass!.Name.Replace("Attribute", ""))];
        if (DeclarationReader.Read(type, attributes, cancellation) is not { } declaration) return [];

        var result = NetworkBuilder.Build(declaration);
        if (result.Network is not { } network) return result.Errors;
        if (ExportPrefixes.FirstOwner(type, attributes, cancellation) is { } owner)
            return [new(Fault.DuplicateExportPrefix, Place.Exports, declaration.ExportPrefix!, owner.Name)];

        // Of a declaration without a mistake: that it is too large, or what would be wiser.
        return Budget.Excess(network) is { } excess ? [excess] : Suggestions.For(declaration, network);
    }

    private static Location LocationOf(Place place, ModelAttributes attributes, CancellationToken cancellation) =>
        place.Kind switch
        {
            PlaceKind.Class => ModelAttributes.PartOf(attributes.Model!, cancellation).Identifier.GetLocation(),
            PlaceKind.Training => LocationOf(attributes.Training!, cancellation),
            PlaceKind.Exports => LocationOf(attributes.Exports!, cancellation),
            PlaceKind.Layer => LocationOf(attributes.Layers[place.Index], cancellation),
            _ => LocationOf(attributes.Main!, cancellation),
        };

    private static Location LocationOf(AttributeData attribute, CancellationToken cancellation) =>
        attribute.ApplicationSyntaxReference!.GetSyntax(cancellation).GetLocation();
}
