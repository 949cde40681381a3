using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace StaticCnn.CodeFixes;

/// <summary>SCNN004: takes <c>static</c>, <c>abstract</c> and <c>file</c> away. A record or a constructor is a larger change, and the user's.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(OrdinaryClassFix)), Shared]
public sealed class OrdinaryClassFix : TypeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ["SCNN004"];

    private protected override string Title => "Make it an ordinary class";

    private protected override IEnumerable<TextChange> Fix(TypeDeclarationSyntax type, SourceText text) =>
        type is ClassDeclarationSyntax { ParameterList: null }
            ? type.Modifiers.Where(IsUnsuitable).Select(modifier => new TextChange(TextSpan.FromBounds(modifier.SpanStart, Removal.BehindBlanks(modifier.Span.End, text)), ""))
            : [];

    private static bool IsUnsuitable(SyntaxToken modifier) =>
        modifier.IsKind(SyntaxKind.StaticKeyword) || modifier.IsKind(SyntaxKind.AbstractKeyword) || modifier.IsKind(SyntaxKind.FileKeyword);
}
