using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace StaticCnn.CodeFixes;

/// <summary>SCNN001, SCNN002: adds <c>partial</c> to the model's class and to every type around it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakePartialFix)), Shared]
public sealed class MakePartialFix : TypeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ["SCNN001", "SCNN002"];

    private protected override string Title => "Make it partial";

    private protected override SyntaxNode Fix(SyntaxNode root, TypeDeclarationSyntax type) => root.ReplaceNodes(
        type.AncestorsAndSelf().OfType<TypeDeclarationSyntax>().Where(each => !each.Modifiers.Any(SyntaxKind.PartialKeyword)),
        (_, each) => WithPartial(each));

    /// <summary>The modifier comes last; where it is the first, it takes what stood before the keyword.</summary>
    private static TypeDeclarationSyntax WithPartial(TypeDeclarationSyntax type)
    {
        var partial = SyntaxFactory.Token(SyntaxKind.PartialKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        if (type.Modifiers.Count > 0) return type.AddModifiers(partial);
        var keyword = type.Keyword;
        return type.WithKeyword(keyword.WithLeadingTrivia()).AddModifiers(partial.WithLeadingTrivia(keyword.LeadingTrivia));
    }
}
