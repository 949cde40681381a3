using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace StaticCnn.Generator.Diagnostics;

/// <summary>
/// Reports what is wrong with a declaration, on the attribute at fault. It reads and resolves as the generator does,
/// but may keep hold of source positions, which the generator's cached values may not. In an editor its diagnostics carry the code fixes;
/// in a build the generator has reported errors before (<see cref="Mistake"/>), and what remains are suggestions.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CnnModelAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => Descriptors.All;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        // Nothing generates declarations but people's own tools, whose mistakes are no better.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(
            symbol => Analyze((INamedTypeSymbol)symbol.Symbol, symbol.ReportDiagnostic, symbol.CancellationToken), SymbolKind.NamedType);
    }

    /// <summary>Reports what is wrong with one type.</summary>
    internal static void Analyze(INamedTypeSymbol type, Action<Diagnostic> report, CancellationToken cancellation)
    {
        foreach (var finding in Findings.Of(type, cancellation)) report(ToDiagnostic(finding));
    }

    /// <summary>The remedy goes with the diagnostic, as properties, for the code fixes: they know attributes, not networks.</summary>
    private static Diagnostic ToDiagnostic(Finding finding) => Diagnostic.Create(
        Descriptors.For(finding.Error.Fault), finding.Location, finding.Before is { } before ? [before] : [],
        finding.Error.Remedy.ToImmutableDictionary(setting => setting.Option, setting => (string?)setting.Value), [.. finding.Error.Arguments]);
}
