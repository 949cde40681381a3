using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using StaticCnn.Generator.Declaration;

namespace StaticCnn.Generator.Diagnostics;

/// <summary>
/// An error of a declaration, in values that compare by content and hold nothing of the compiler's. The generator reports them, since it
/// runs where analyzers are switched off; they cannot be configured, so the compiler ends there and no analyzer says the same again.
/// </summary>
internal sealed record Mistake(Fault Fault, EquatableArray<string> Arguments, string File, TextSpan Span, LinePositionSpan Lines)
{
    /// <summary>The mistakes of a type with one of our attributes; none where another of its attributes, or of its parts, is the one to ask.</summary>
    public static EquatableArray<Mistake> Read(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        var type = (INamedTypeSymbol)context.TargetSymbol;
        bool isMain = ModelAttributes.Of(type).Main is { } main
            && SymbolEqualityComparer.Default.Equals(main.AttributeClass, context.Attributes[0].AttributeClass)
            && ModelAttributes.PartOf(main, cancellation) == context.TargetNode;
        return isMain
            ? Findings.Of(type, cancellation).Where(finding => IsError(finding.Error.Fault)).Select(Of).ToEquatableArray()
            : EquatableArray<Mistake>.Empty;
    }

    public Diagnostic ToDiagnostic() =>
        Diagnostic.Create(Descriptors.For(Fault), Location.Create(File, Span, Lines), [.. Arguments]);

    private static bool IsError(Fault fault) => Descriptors.For(fault).DefaultSeverity == DiagnosticSeverity.Error;

    private static Mistake Of(Finding finding)
    {
        var lines = finding.Location.GetLineSpan();
        return new(finding.Error.Fault, finding.Error.Arguments, lines.Path, finding.Location.SourceSpan, lines.Span);
    }
}
