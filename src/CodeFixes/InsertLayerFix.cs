using System.Collections.Immutable;
using System.Composition;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace StaticCnn.CodeFixes;

/// <summary>SCNN009: Flatten before a Linear that stands behind an image. SCNN027: ReLU behind a layer that nothing follows.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(InsertLayerFix)), Shared]
public sealed class InsertLayerFix : AttributeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ["SCNN009", "SCNN027"];

    private protected override (string Title, ImmutableArray<TextChange> Changes)? Fix(
        AttributeSyntax attribute, Diagnostic diagnostic, SemanticModel model, CancellationToken cancellation)
    {
        var text = attribute.SyntaxTree.GetText(cancellation);
        return diagnostic.Id == "SCNN009"
            ? ("Insert Flatten", [AttributeText.InsertBefore(attribute, AttributeText.Qualified("Flatten", attribute, model), text)])
            : ("Insert ReLU", [AttributeText.InsertAfter(attribute, "ReLU", model, text)]);
    }
}
