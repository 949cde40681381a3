using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace StaticCnn.CodeFixes;

/// <summary>
/// A fix that edits attributes. The edits are changes of the text: whatever else a user has written around an attribute,
/// comments and the shape of the lines, stays as it is.
/// </summary>
public abstract class AttributeFix : CodeFixProvider
{
    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (root is null || model is null) return;

        foreach (var diagnostic in context.Diagnostics)
        {
            if (root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<AttributeSyntax>() is not { } attribute) continue;
            if (Fix(attribute, diagnostic, model, context.CancellationToken) is not var (title, changes) || CrossesDirective(root, changes)) continue;

            // One key for all that a fix does to one kind of mistake, so that all of them can be fixed at once.
            context.RegisterCodeFix(
                CodeAction.Create(title, cancellation => Apply(context.Document, changes, cancellation), GetType().Name + diagnostic.Id),
                diagnostic);
        }
    }

    /// <summary>What the fix is called and what it changes, or null where it cannot help.</summary>
    private protected abstract (string Title, ImmutableArray<TextChange> Changes)? Fix(
        AttributeSyntax attribute, Diagnostic diagnostic, SemanticModel model, CancellationToken cancellation);

    /// <summary>Whether there is a <c>#if</c> or the like from the first change to the last: what is right on one side of it may be wrong on the other.</summary>
    private static bool CrossesDirective(SyntaxNode root, ImmutableArray<TextChange> changes)
    {
        var span = TextSpan.FromBounds(changes.Min(change => change.Span.Start), changes.Max(change => change.Span.End));
        return root.DescendantTrivia(span).Any(trivia => (trivia.IsDirective || trivia.IsKind(SyntaxKind.DisabledTextTrivia)) && span.OverlapsWith(trivia.Span));
    }

    private static async Task<Document> Apply(Document document, ImmutableArray<TextChange> changes, CancellationToken cancellation)
    {
        var text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        return document.WithText(text.WithChanges(changes.OrderBy(change => change.Span)));
    }
}
