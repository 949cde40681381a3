using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace StaticCnn.Images.Answers;

/// <summary>Which images of an IDX file to read: from the first to the last, both included.</summary>
internal sealed record IndexRange(int First, int Last)
{
    /// <summary>What <see cref="TryParse"/> accepts, for error messages.</summary>
    public const string Expected = "an index from 0 on, or a range such as 0-999";

    /// <summary>Reads 7 or 0-999.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out IndexRange? range)
    {
        int dash = text.IndexOf('-', StringComparison.Ordinal);
        string first = dash < 0 ? text : text[..dash], last = dash < 0 ? text : text[(dash + 1)..];
        range = null;
        if (int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out int from)
            && int.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out int to) && from <= to)
        {
            range = new IndexRange(from, to);
        }
        return range is not null;
    }
}
