using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using StaticCnn.Generator.Declaration;
using StaticCnn.Generator.Emit;
using StaticCnn.Generator.Network;

namespace StaticCnn.Generator.Diagnostics;

/// <summary>
/// Reports what is wrong with a declaration, on the attribute at fault. It reads and resolves as the generator does,
/// but may keep hold of source positions, which the generator's cached values may not.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CnnModelAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => Descriptors.All;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        var attributes = ModelAttributes.Of(type);
        if (attributes.Model is null)
        {
            if (attributes.All.FirstOrDefault() is { } stray) ReportStray(context, type, stray);
        }
        else if (DeclarationReader.Read(type, attributes, context.CancellationToken) is { } declaration)
        {
            var result = NetworkBuilder.Build(declaration);
            foreach (var error in result.Network is { } network ? Remarks(declaration, network) : result.Errors)
            {
                var before = error.Before is { } place ? LocationOf(place, attributes, context.CancellationToken) : null;
                Report(context, error, LocationOf(error.Place, attributes, context.CancellationToken), before);
            }
        }
    }

    /// <summary>What there is to say of a declaration without a mistake: that it is too large, or what would be wiser.</summary>
    private static IEnumerable<DeclarationError> Remarks(ModelDeclaration declaration, CnnNetwork network) =>
        Budget.Excess(network) is { } excess ? [excess] : Suggestions.For(declaration, network);

    private static void ReportStray(SymbolAnalysisContext context, INamedTypeSymbol type, AttributeData stray)
    {
        string written = stray.AttributeClass!.Name.Replace("Attribute", "");
        var error = new DeclarationError(Fault.NoCnnModel, Place.Class, type.Name, written);
        Report(context, error, LocationOf(stray, context.CancellationToken));
    }

    /// <summary>The remedy goes with the diagnostic, as properties, for the code fixes: they know attributes, not networks.</summary>
    private static void Report(SymbolAnalysisContext context, DeclarationError error, Location location, Location? before = null) =>
        context.ReportDiagnostic(Diagnostic.Create(
            Descriptors.For(error.Fault), location, before is null ? [] : [before],
            error.Remedy.ToImmutableDictionary(setting => setting.Option, setting => (string?)setting.Value), [.. error.Arguments]));

    private static Location LocationOf(Place place, ModelAttributes attributes, CancellationToken cancellation) =>
        place.Kind switch
        {
            PlaceKind.Class => ModelAttributes.PartOf(attributes.Model!, cancellation).Identifier.GetLocation(),
            PlaceKind.Training => LocationOf(attributes.Training!, cancellation),
            PlaceKind.Exports => LocationOf(attributes.Exports!, cancellation),
            PlaceKind.Layer => LocationOf(attributes.Layers[place.Index], cancellation),
            _ => LocationOf(attributes.Model!, cancellation),
        };

    private static Location LocationOf(AttributeData attribute, CancellationToken cancellation) =>
        attribute.ApplicationSyntaxReference!.GetSyntax(cancellation).GetLocation();
}
