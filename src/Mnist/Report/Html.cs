using System.Net;
using System.Text;

namespace StaticCnn.Mnist.Report;

/// <summary>Writes a report's parts as HTML; every text is encoded here and nowhere else.</summary>
internal sealed class Html(ReportTexts texts)
{
    private readonly StringBuilder _html = new();

    /// <summary>What has been written.</summary>
    public override string ToString() => _html.ToString();

    /// <summary>Writes markup as it is.</summary>
    public void Raw(string markup) => _html.Append(markup).Append('\n');

    /// <summary>Writes a paragraph.</summary>
    public void Paragraph(string text, string? cssClass = null) =>
        Raw($"<p{(cssClass is null ? "" : $" class=\"{cssClass}\"")}>{Encode(text)}</p>");

    /// <summary>Writes a list.</summary>
    public void List(IEnumerable<string> items) => Raw($"<ul>{string.Concat(items.Select(item => $"<li>{Encode(item)}</li>"))}</ul>");

    /// <summary>Writes a listing; long lines scroll within it, by keyboard too.</summary>
    public void Listing(string label, string code) =>
        Raw($"<pre tabindex=\"0\" role=\"region\" aria-label=\"{Encode(label)}\"><code>{Encode(code)}</code></pre>");

    /// <summary>Writes a picture that follows the page's colours; on paper one that moves stands still.</summary>
    /// <param name="alternative">What it shows, in words.</param>
    /// <param name="caption">The line below it.</param>
    /// <param name="picture">Its files.</param>
    public void Picture(string alternative, string caption, Picture picture)
    {
        Raw(picture.Stills is null ? "<figure><picture>" : "<figure><picture class=\"moving\">");
        if (picture.Stills is { } stills)
        {
            Raw($"<source media=\"(prefers-reduced-motion: reduce) and (prefers-color-scheme: dark)\" srcset=\"{stills.Dark}\">");
            Raw($"<source media=\"(prefers-reduced-motion: reduce)\" srcset=\"{stills.Light}\">");
        }
        Raw($"<source media=\"(prefers-color-scheme: dark)\" srcset=\"{picture.Files.Dark}\">");
        Raw($"<img src=\"{picture.Files.Light}\" alt=\"{Encode(alternative)}\" width=\"{picture.Width}\" height=\"{picture.Height}\">");
        Raw("</picture>");
        if (picture.Stills is { Light: var still })
            Raw($"<img class=\"still\" src=\"{still}\" alt=\"{Encode(alternative)}\" width=\"{picture.Width}\" height=\"{picture.Height}\">");
        Raw($"<figcaption>{Encode(caption)}</figcaption></figure>");
    }

    /// <summary>Writes a table that scrolls within itself where it is too wide, by keyboard too.</summary>
    /// <param name="caption">What it shows.</param>
    /// <param name="columns">The columns' heads; numbers stand on the right.</param>
    /// <param name="rows">The cells.</param>
    public void Table(string caption, IReadOnlyList<Column> columns, IEnumerable<string[]> rows)
    {
        Raw($"<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"{Encode(texts.Format("table", ("caption", caption)))}\"><table>");
        Raw($"<caption>{Encode(caption)}</caption>");
        if (columns.Any(column => column.Head.Length > 0))
            Raw($"<thead><tr>{string.Concat(columns.Select(column => $"<th scope=\"col\"{Numeric(column)}>{Encode(column.Head)}</th>"))}</tr></thead>");
        Raw("<tbody>");
        foreach (string[] row in rows)
        {
            _html.Append("<tr>");
            for (int i = 0; i < row.Length; i++)
            {
                _html.Append(i == 0 ? $"<th scope=\"row\"{Numeric(columns[i])}>" : $"<td{Numeric(columns[i])}>");
                _html.Append(Encode(row[i])).Append(i == 0 ? "</th>" : "</td>");
            }
            _html.Append("</tr>\n");
        }
        Raw("</tbody></table></div>");
    }

    /// <summary>Text as HTML.</summary>
    public static string Encode(string text) => WebUtility.HtmlEncode(text);

    private static string Numeric(Column column) => column.IsNumeric ? " class=\"numeric\"" : "";
}

/// <summary>A column of a table.</summary>
internal sealed record Column(string Head, bool IsNumeric = false);

/// <summary>A file as a data URI in both themes.</summary>
internal sealed record Pair(string Light, string Dark);

/// <summary>A picture of a report.</summary>
/// <param name="Files">Its files.</param>
/// <param name="Width">Units.</param>
/// <param name="Height">Units.</param>
/// <param name="Stills">Files that do not move, for readers who ask for that; null where the files do not move anyway.</param>
internal sealed record Picture(Pair Files, int Width, int Height, Pair? Stills = null);
