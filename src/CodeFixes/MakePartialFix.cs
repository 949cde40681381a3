using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace StaticCnn.CodeFixes;

/// <summary>SCNN001, SCNN002: adds <c>partial</c> to the model's class and to every type around it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakePartialFix)), Shared]
public sealed class MakePartialFix : TypeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ["SCNN001", "SCNN002"];

    private protected override string Title => "Make it partial";

    /// <summary>The modifier comes last, right before the keyword.</summary>
    private protected override IEnumerable<TextChange> Fix(TypeDeclarationSyntax type, SourceText text) =>
        type.AncestorsAndSelf().OfType<TypeDeclarationSyntax>()
            .Where(each => !each.Modifiers.Any(SyntaxKind.PartialKeyword))
            .Select(each => new TextChange(new TextSpan(each.Keyword.SpanStart, 0), "partial "));
}
