using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace StaticCnn.CodeFixes;

/// <summary>Changes of the text that put in attributes and take them out.</summary>
internal static class AttributeText
{
    /// <summary>A layer before another one, in its brackets.</summary>
    public static TextChange InsertBefore(AttributeSyntax attribute, string layer) =>
        new(new TextSpan(attribute.SpanStart, 0), Qualified(layer, attribute) + ", ");

    /// <summary>A layer behind another one, in its brackets.</summary>
    public static TextChange InsertAfter(AttributeSyntax attribute, string layer) =>
        new(new TextSpan(attribute.Span.End, 0), ", " + Qualified(layer, attribute));

    /// <summary>An attribute out of its brackets, and the brackets, with their line if nothing else is on it, where nothing is left in them.</summary>
    public static TextChange Remove(AttributeSyntax attribute, SourceText text)
    {
        var list = (AttributeListSyntax)attribute.Parent!;
        int index = list.Attributes.IndexOf(attribute);
        if (list.Attributes.Count > 1)
        {
            return new TextChange(
                index == 0
                    ? TextSpan.FromBounds(attribute.SpanStart, list.Attributes[1].SpanStart)
                    : TextSpan.FromBounds(list.Attributes[index - 1].Span.End, attribute.Span.End),
                "");
        }

        var line = text.Lines.GetLineFromPosition(list.SpanStart);
        bool alone = text.ToString(line.Span).Trim() == text.ToString(list.Span);
        int end = list.Span.End;
        while (!alone && end < text.Length && text[end] == ' ') end++;
        return new TextChange(alone ? line.SpanIncludingLineBreak : TextSpan.FromBounds(list.SpanStart, end), "");
    }

    /// <summary>Brackets on a line of their own before others.</summary>
    public static TextChange LineBefore(AttributeListSyntax list, string attributes, AttributeSyntax like, SourceText text) =>
        new(new TextSpan(list.SpanStart, 0), $"[{Qualified(attributes, like)}]{NewLine(list, text)}{Indentation(list, text)}");

    /// <summary>Brackets on a line of their own behind others.</summary>
    public static TextChange LineAfter(AttributeListSyntax list, string attributes, AttributeSyntax like, SourceText text) =>
        new(new TextSpan(list.Span.End, 0), $"{NewLine(list, text)}{Indentation(list, text)}[{Qualified(attributes, like)}]");

    /// <summary>The name of an attribute without what stands before it and behind it: Flatten for <c>StaticCnn.FlattenAttribute</c>.</summary>
    public static string NameOf(AttributeSyntax attribute)
    {
        string name = attribute.Name.ToString();
        name = name.Substring(name.LastIndexOfAny(['.', ':']) + 1);
        return name.EndsWith("Attribute", StringComparison.Ordinal) ? name.Substring(0, name.Length - "Attribute".Length) : name;
    }

    /// <summary>Attributes written as the ones around them are, with or without the namespace.</summary>
    private static string Qualified(string attributes, AttributeSyntax like)
    {
        string name = like.Name.ToString();
        string qualifier = name.Substring(0, name.LastIndexOfAny(['.', ':']) + 1);
        return string.Join(", ", SplitAttributes(attributes).Select(attribute => qualifier + attribute));
    }

    private static IEnumerable<string> SplitAttributes(string attributes)
    {
        int depth = 0, start = 0;
        for (int i = 0; i < attributes.Length; i++)
        {
            if (attributes[i] is '(') depth++;
            if (attributes[i] is ')') depth--;
            if (attributes[i] != ',' || depth > 0) continue;
            yield return attributes.Substring(start, i - start);
            start = i + 2;
        }

        yield return attributes.Substring(start);
    }

    private static string Indentation(AttributeListSyntax list, SourceText text)
    {
        string line = text.ToString(text.Lines.GetLineFromPosition(list.SpanStart).Span);
        return line.Substring(0, line.Length - line.TrimStart().Length);
    }

    private static string NewLine(AttributeListSyntax list, SourceText text)
    {
        var line = text.Lines.GetLineFromPosition(list.SpanStart);
        return line.EndIncludingLineBreak > line.End ? text.ToString(TextSpan.FromBounds(line.End, line.EndIncludingLineBreak)) : "\n";
    }
}
