using System.Collections.Immutable;
using System.Composition;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace StaticCnn.CodeFixes;

/// <summary>SCNN018: the [CnnModel] that layers lack, for the images of MNIST.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddModelFix)), Shared]
public sealed class AddModelFix : AttributeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ["SCNN018"];

    private protected override (string Title, ImmutableArray<TextChange> Changes)? Fix(
        AttributeSyntax attribute, Diagnostic diagnostic, SemanticModel model, CancellationToken cancellation)
    {
        var first = attribute.FirstAncestorOrSelf<TypeDeclarationSyntax>()!.AttributeLists.First();
        return ("Add [CnnModel(1, 28, 28)]", [AttributeText.LineBefore(first, "CnnModel(1, 28, 28)", attribute, model, attribute.SyntaxTree.GetText(cancellation))]);
    }
}
