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
        context.RegisterSymbolAction(
            symbol => Analyze((INamedTypeSymbol)symbol.Symbol, symbol.ReportDiagnostic, symbol.CancellationToken), SymbolKind.NamedType);
    }

    /// <summary>Reports what is wrong with one type.</summary>
    internal static void Analyze(INamedTypeSymbol type, Action<Diagnostic> report, CancellationToken cancellation)
    {
        var attributes = ModelAttributes.Of(type);
        if (attributes.Model is null)
        {
            if (attributes.All.FirstOrDefault() is { } stray) ReportStray(report, type, stray, cancellation);
        }
        else if (DeclarationReader.Read(type, attributes, cancellation) is { } declaration)
        {
            var result = NetworkBuilder.Build(declaration);
            foreach (var error in result.Network is { } network ? Remarks(declaration, network) : result.Errors)
            {
                var before = error.Before is { } place ? LocationOf(place, attributes, cancellation) : null;
                Report(report, error, LocationOf(error.Place, attributes, cancellation), before);
            }
        }
    }

    /// <summary>What there is to say of a declaration without a mistake: that it is too large, or what would be wiser.</summary>
    private static IEnumerable<DeclarationError> Remarks(ModelDeclaration declaration, CnnNetwork network) =>
        Budget.Excess(network) is { } excess ? [excess] : Suggestions.For(declaration, network);

    private static void ReportStray(Action<Diagnostic> report, INamedTypeSymbol type, AttributeData stray, CancellationToken cancellation)
    {
        string written = stray.AttributeClass!.Name.Replace("Attribute", "");
        var error = new DeclarationError(Fault.NoCnnModel, Place.Class, type.Name, written);
        Report(report, error, LocationOf(stray, cancellation));
    }

    /// <summary>The remedy goes with the diagnostic, as properties, for the code fixes: they know attributes, not networks.</summary>
    private static void Report(Action<Diagnostic> report, DeclarationError error, Location location, Location? before = null) =>
        report(Diagnostic.Create(
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
