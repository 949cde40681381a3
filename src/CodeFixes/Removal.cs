using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace StaticCnn.CodeFixes;

/// <summary>Changes of the text that take out an attribute or an argument, with its comma. Comments around it stay where they are.</summary>
internal static class Removal
{
    /// <summary>An attribute out of its brackets, and the brackets, with their line if nothing else is on it, where nothing is left in them.</summary>
    public static IEnumerable<TextChange> Of(AttributeSyntax attribute, SourceText text)
    {
        var list = (AttributeListSyntax)attribute.Parent!;
        if (list.Attributes.Count > 1) return Of(list.Attributes, attribute, text);
        if (HasCommentBeside(list.Span, attribute)) return Around(list, attribute);

        var line = text.Lines.GetLineFromPosition(list.SpanStart);
        bool alone = text.ToString(line.Span).Trim() == text.ToString(list.Span);
        return [Empty(alone ? line.SpanIncludingLineBreak : TextSpan.FromBounds(list.SpanStart, BehindBlanks(list.Span.End, text)))];
    }

    /// <summary>An argument out of its parentheses, and these where nothing is left in them.</summary>
    public static IEnumerable<TextChange> Of(AttributeArgumentSyntax argument, SourceText text)
    {
        var list = (AttributeArgumentListSyntax)argument.Parent!;
        if (list.Arguments.Count > 1) return Of(list.Arguments, argument, text);
        return [Empty(HasCommentBeside(list.Span, argument) ? argument.Span : list.Span)];
    }

    private static IEnumerable<TextChange> Of<T>(SeparatedSyntaxList<T> list, T node, SourceText text) where T : SyntaxNode
    {
        int index = list.IndexOf(node), last = list.Count - 1;
        var span = index == 0 ? TextSpan.FromBounds(node.SpanStart, list[1].SpanStart) : TextSpan.FromBounds(list[index - 1].Span.End, node.Span.End);
        if (!HasCommentBeside(span, node)) return [Empty(span)];

        // One comma goes, and it is the one behind where there is one: a comment at the end of the line before is about what is before.
        var comma = list.GetSeparator(index == last ? index - 1 : index);
        return index == last
            ? [Empty(comma.Span), Empty(TextSpan.FromBounds(BeforeBlanks(node.SpanStart, text), node.Span.End))]
            : [Empty(node.Span), Empty(TextSpan.FromBounds(comma.SpanStart, BehindBlanks(comma.Span.End, text)))];
    }

    /// <summary>All of the brackets but the comments in them.</summary>
    private static IEnumerable<TextChange> Around(AttributeListSyntax list, AttributeSyntax attribute) =>
        list.ChildTokens().Concat(list.Target?.DescendantTokens() ?? []).Select(token => token.Span).Append(attribute.Span).Select(Empty);

    private static bool HasCommentBeside(TextSpan span, SyntaxNode node) => node.Parent!.DescendantTrivia(span)
        .Any(trivia => AttributeText.IsComment(trivia) && span.OverlapsWith(trivia.Span) && !node.Span.Contains(trivia.Span));

    public static int BehindBlanks(int position, SourceText text)
    {
        while (position < text.Length && text[position] is ' ' or '\t') position++;
        return position;
    }

    private static int BeforeBlanks(int position, SourceText text)
    {
        while (position > 0 && text[position - 1] is ' ' or '\t') position--;
        return position;
    }

    private static TextChange Empty(TextSpan span) => new(span, "");
}
