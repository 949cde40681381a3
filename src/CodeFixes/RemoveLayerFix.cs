using System.Collections.Immutable;
using System.Composition;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace StaticCnn.CodeFixes;

/// <summary>SCNN010, SCNN021, SCNN022, SCNN026: takes a layer out that is in the wrong place or does nothing.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveLayerFix)), Shared]
public sealed class RemoveLayerFix : AttributeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ["SCNN010", "SCNN021", "SCNN022", "SCNN026"];

    private protected override (string Title, ImmutableArray<TextChange> Changes)? Fix(
        AttributeSyntax attribute, Diagnostic diagnostic, SemanticModel model, CancellationToken cancellation) =>
        ($"Remove {AttributeText.NameOf(attribute, model)}", [.. Removal.Of(attribute, attribute.SyntaxTree.GetText(cancellation))]);
}
