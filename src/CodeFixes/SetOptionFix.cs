using System.Collections.Immutable;
using System.Composition;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace StaticCnn.CodeFixes;

/// <summary>
/// Gives an attribute's options the values that the analyzer suggests, in the diagnostic's properties: a size in range, a
/// window that fits, a name of its own. An option without a value is taken away, so that its default holds.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SetOptionFix)), Shared]
public sealed class SetOptionFix : AttributeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds =>
    [
        "SCNN007", "SCNN008", "SCNN011", "SCNN012", "SCNN013", "SCNN015", "SCNN016", "SCNN017", "SCNN023", "SCNN024", "SCNN025", "SCNN028",
    ];

    private protected override (string Title, ImmutableArray<TextChange> Changes)? Fix(
        AttributeSyntax attribute, Diagnostic diagnostic, SemanticModel model, CancellationToken cancellation)
    {
        var settings = diagnostic.Properties.OrderBy(setting => setting.Key, StringComparer.Ordinal).ToList();
        if (settings.Count == 0 || model.GetSymbolInfo(attribute, cancellation).Symbol is not IMethodSymbol constructor) return null;

        var arguments = new Arguments(attribute, constructor, attribute.SyntaxTree.GetText(cancellation));
        string title = string.Join(" and ", settings.Select(setting =>
            setting.Value is { Length: > 0 } value ? $"set {setting.Key} to {value}" : $"remove {setting.Key}"));
        return (char.ToUpperInvariant(title[0]) + title.Substring(1), [.. settings.SelectMany(setting => arguments.Change(setting.Key, setting.Value ?? ""))]);
    }

    /// <summary>The arguments of one attribute by the names of the parameters and properties that they are for.</summary>
    private sealed class Arguments(AttributeSyntax attribute, IMethodSymbol constructor, SourceText text)
    {
        private readonly IReadOnlyList<AttributeArgumentSyntax> _arguments =
            attribute.ArgumentList is { } list ? list.Arguments : Array.Empty<AttributeArgumentSyntax>();

        public IEnumerable<TextChange> Change(string option, string value)
        {
            if (Find(option) is { } argument) return value.Length == 0 ? Removal.Of(argument, text) : [Replaced(argument, value)];
            if (value.Length == 0) return [];

            // One value for both directions where two are written, and the other way round.
            if (Find(option + "Height") is { } height && Find(option + "Width") is { } width)
                return [Replaced(height, value), Replaced(width, value)];
            if (WithoutEnd(option, "Height") is { } square && Find(square) is { } first)
                return [new TextChange(first.Span, first.NameColon is null ? value : $"{option}: {value}")];
            if (WithoutEnd(option, "Width") is { } both && Find(both) is { } behind)
                return [new TextChange(new TextSpan(behind.Span.End, 0), behind.NameColon is null ? $", {value}" : $", {option}: {value}")];
            return [Added($"{option} = {value}")];
        }

        private AttributeArgumentSyntax? Find(string option) => _arguments.Where((argument, i) => NameOf(argument, i) == option).FirstOrDefault();

        private string? NameOf(AttributeArgumentSyntax argument, int index) =>
            argument.NameEquals?.Name.Identifier.ValueText
            ?? argument.NameColon?.Name.Identifier.ValueText
            ?? (index < constructor.Parameters.Length ? constructor.Parameters[index].Name : null);

        private static TextChange Replaced(AttributeArgumentSyntax argument, string value) => new(argument.Expression.Span, value);

        private TextChange Added(string option) => attribute.ArgumentList switch
        {
            null => new(new TextSpan(attribute.Span.End, 0), $"({option})"),
            { Arguments.Count: 0 } list => new(list.Span, $"({option})"),
            var list => new(new TextSpan(list.Arguments.Last().Span.End, 0), ", " + option),
        };

        private static string? WithoutEnd(string option, string end) =>
            option.EndsWith(end, StringComparison.Ordinal) ? option.Substring(0, option.Length - end.Length) : null;
    }
}
