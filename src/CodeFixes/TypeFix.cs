using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace StaticCnn.CodeFixes;

/// <summary>A fix that edits the declaration of the model's class, at whose name the diagnostic stands.</summary>
public abstract class TypeFix : CodeFixProvider
{
    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindNode(context.Span).FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type || !Helps(type)) return;
        context.RegisterCodeFix(
            CodeAction.Create(Title, _ => Task.FromResult(context.Document.WithSyntaxRoot(Fix(root, type))), Title), context.Diagnostics);
    }

    private protected abstract string Title { get; }

    private protected virtual bool Helps(TypeDeclarationSyntax type) => true;

    private protected abstract SyntaxNode Fix(SyntaxNode root, TypeDeclarationSyntax type);
}
