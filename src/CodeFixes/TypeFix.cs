using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace StaticCnn.CodeFixes;

/// <summary>A fix that edits the modifiers of the model's class, at whose name the diagnostic stands. As in <see cref="AttributeFix"/>, the text around stays.</summary>
public abstract class TypeFix : CodeFixProvider
{
    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindNode(context.Span).FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type) return;
        var changes = Fix(type, type.SyntaxTree.GetText(context.CancellationToken)).OrderBy(change => change.Span).ToImmutableArray();
        if (changes.Length == 0) return;
        context.RegisterCodeFix(CodeAction.Create(Title, cancellation => Apply(context.Document, changes, cancellation), Title), context.Diagnostics);
    }

    private protected abstract string Title { get; }

    /// <summary>What the fix changes; nothing where it cannot help.</summary>
    private protected abstract IEnumerable<TextChange> Fix(TypeDeclarationSyntax type, SourceText text);

    private static async Task<Document> Apply(Document document, ImmutableArray<TextChange> changes, CancellationToken cancellation)
    {
        var text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        return document.WithText(text.WithChanges(changes));
    }
}
