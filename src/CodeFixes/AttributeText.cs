using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace StaticCnn.CodeFixes;

/// <summary>Changes of the text that put in attributes. A comment stays with the attribute that it stands at.</summary>
internal static class AttributeText
{
    /// <summary>A layer before another one, in its brackets, as it will be written there.</summary>
    public static TextChange InsertBefore(AttributeSyntax attribute, string layer, SourceText text)
    {
        // What stands before an attribute in its line, or above it in a line of its own, is about it.
        var behind = attribute.GetFirstToken().GetPreviousToken().TrailingTrivia;
        var before = attribute.GetLeadingTrivia().Reverse().TakeWhile(trivia => !trivia.IsDirective).Reverse().ToList();
        var candidates = behind.Any(SyntaxKind.EndOfLineTrivia) ? before : [.. behind, .. before];
        int first = candidates.FindIndex(IsComment);
        if (first < 0) return new(new TextSpan(attribute.SpanStart, 0), layer + ", ");
        int start = candidates[first].SpanStart;
        bool isAbove = candidates.Skip(first).Any(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        return new(new TextSpan(start, 0), layer + (isAbove ? $",{NewLine(start, text)}{Indentation(start, text)}" : ", "));
    }

    /// <summary>A layer behind another one, in its brackets.</summary>
    public static TextChange InsertAfter(AttributeSyntax attribute, string layer, SemanticModel model, SourceText text)
    {
        layer = Qualified(layer, attribute, model);
        var next = attribute.GetLastToken().GetNextToken();
        if (HasComment(attribute.GetTrailingTrivia().Concat(next.LeadingTrivia))) return new(new TextSpan(next.SpanStart, 0), ", " + layer);
        bool lineHasComment = next.IsKind(SyntaxKind.CommaToken) && next.TrailingTrivia.Any(SyntaxKind.SingleLineCommentTrivia);
        return lineHasComment
            ? new(new TextSpan(next.FullSpan.End, 0), $"{Margin(attribute.SpanStart, text)}{layer},{NewLine(attribute.SpanStart, text)}")
            : new(new TextSpan(attribute.Span.End, 0), ", " + layer);
    }

    /// <summary>Brackets on a line of their own before others.</summary>
    public static TextChange LineBefore(AttributeListSyntax list, string attributes, AttributeSyntax like, SemanticModel model, SourceText text) => new(
        new TextSpan(list.SpanStart, 0),
        $"[{Qualified(attributes, like, model)}]{NewLine(list.SpanStart, text)}{Indentation(list.SpanStart, text)}");

    /// <summary>Brackets on a line of their own behind others, and behind what is said of these.</summary>
    public static TextChange LineAfter(AttributeListSyntax list, string attributes, AttributeSyntax like, SemanticModel model, SourceText text)
    {
        int end = list.GetTrailingTrivia().Where(IsComment).Select(comment => comment.Span.End).DefaultIfEmpty(list.Span.End).Last();
        return new(new TextSpan(end, 0), $"{NewLine(list.SpanStart, text)}{Indentation(list.SpanStart, text)}[{Qualified(attributes, like, model)}]");
    }

    /// <summary>The kind of layer or what else an attribute is, whatever it is called here: Flatten for <c>StaticCnn.FlattenAttribute</c>, or an alias of it.</summary>
    public static string NameOf(AttributeSyntax attribute, SemanticModel model)
    {
        string name = model.GetTypeInfo(attribute).Type?.Name ?? attribute.Name.ToString();
        return name.EndsWith("Attribute", StringComparison.Ordinal) ? name.Substring(0, name.Length - "Attribute".Length) : name;
    }

    /// <summary>Attributes written as one beside them is, with or without the namespace, or else so that nothing can stand in the way.</summary>
    public static string Qualified(string attributes, AttributeSyntax like, SemanticModel model)
    {
        string name = like.Name.ToString();
        string qualifier = name.Substring(0, name.LastIndexOfAny(['.', ':']) + 1);
        return string.Join(", ", Parse(attributes).Select(attribute =>
            IsOurs(Parse(qualifier + attribute).Single(), like, model) ? qualifier + attribute : "global::StaticCnn." + attribute));
    }

    public static bool IsComment(SyntaxTrivia trivia) =>
        trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia);

    public static bool HasComment(IEnumerable<SyntaxTrivia> trivia) => trivia.Any(IsComment);

    private static bool IsOurs(AttributeSyntax attribute, AttributeSyntax like, SemanticModel model)
    {
        var found = model.GetSpeculativeSymbolInfo(like.SpanStart, attribute);
        return (found.Symbol ?? found.CandidateSymbols.FirstOrDefault())?.ContainingType?.ContainingNamespace
            is { Name: "StaticCnn", ContainingNamespace.IsGlobalNamespace: true };
    }

    private static IEnumerable<AttributeSyntax> Parse(string attributes) =>
        SyntaxFactory.ParseCompilationUnit($"[{attributes}] class C;").DescendantNodes().OfType<AttributeSyntax>();

    private static string Indentation(int position, SourceText text)
    {
        string line = text.ToString(text.Lines.GetLineFromPosition(position).Span);
        return line.Substring(0, line.Length - line.TrimStart().Length);
    }

    /// <summary>Blanks up to the column of a position.</summary>
    private static string Margin(int position, SourceText text)
    {
        string before = text.ToString(TextSpan.FromBounds(text.Lines.GetLineFromPosition(position).Start, position));
        string indentation = Indentation(position, text);
        return before.Length <= indentation.Length ? before : indentation + (before.TrimStart()[0] == '[' ? " " : "");
    }

    private static string NewLine(int position, SourceText text)
    {
        var line = text.Lines.GetLineFromPosition(position);
        return line.EndIncludingLineBreak > line.End ? text.ToString(TextSpan.FromBounds(line.End, line.EndIncludingLineBreak)) : "\n";
    }
}
