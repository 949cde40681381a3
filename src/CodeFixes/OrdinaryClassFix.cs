using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace StaticCnn.CodeFixes;

/// <summary>SCNN004: takes <c>static</c>, <c>abstract</c> and <c>file</c> away. A record or a constructor is a larger change, and the user's.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(OrdinaryClassFix)), Shared]
public sealed class OrdinaryClassFix : TypeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ["SCNN004"];

    private protected override string Title => "Make it an ordinary class";

    private protected override bool Helps(TypeDeclarationSyntax type) =>
        type is ClassDeclarationSyntax { ParameterList: null } && type.Modifiers.Any(IsUnsuitable);

    private protected override SyntaxNode Fix(SyntaxNode root, TypeDeclarationSyntax type)
    {
        // What stood before the first modifier or the keyword, lines and comments, stays there.
        var leading = type.Modifiers[0].LeadingTrivia;
        var changed = type.WithModifiers([.. type.Modifiers.Where(modifier => !IsUnsuitable(modifier))]);
        changed = changed.Modifiers.Count > 0
            ? changed.WithModifiers(changed.Modifiers.Replace(changed.Modifiers[0], changed.Modifiers[0].WithLeadingTrivia(leading)))
            : changed.WithKeyword(changed.Keyword.WithLeadingTrivia(leading));
        return root.ReplaceNode(type, changed);
    }

    private static bool IsUnsuitable(SyntaxToken modifier) =>
        modifier.IsKind(SyntaxKind.StaticKeyword) || modifier.IsKind(SyntaxKind.AbstractKeyword) || modifier.IsKind(SyntaxKind.FileKeyword);
}
