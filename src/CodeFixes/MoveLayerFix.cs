using System.Collections.Immutable;
using System.Composition;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace StaticCnn.CodeFixes;

/// <summary>
/// SCNN010: a convolution or pooling to before Flatten. SCNN021: Dropout to before the last layer. The analyzer names the
/// place as the diagnostic's additional location.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MoveLayerFix)), Shared]
public sealed class MoveLayerFix : AttributeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ["SCNN010", "SCNN021"];

    private protected override (string Title, ImmutableArray<TextChange> Changes)? Fix(
        AttributeSyntax attribute, Diagnostic diagnostic, SemanticModel model, CancellationToken cancellation)
    {
        var root = attribute.SyntaxTree.GetRoot(cancellation);
        var target = diagnostic.AdditionalLocations.FirstOrDefault(location => location.SourceTree == attribute.SyntaxTree);
        if (target is null || root.FindNode(target.SourceSpan).FirstAncestorOrSelf<AttributeSyntax>() is not { } before) return null;
        var text = attribute.SyntaxTree.GetText(cancellation);
        return (
            $"Move {AttributeText.NameOf(attribute, model)} before {AttributeText.NameOf(before, model)}",
            [AttributeText.InsertBefore(before, attribute.ToString(), text), .. Removal.Of(attribute, text)]);
    }
}
