using System.Text;

namespace StaticCnn;

/// <summary>What a file is that is not what was expected, for error messages: people save web pages, archives and photos under any name.</summary>
internal static class FileKind
{
    /// <summary>As many bytes of a file's beginning as are looked at.</summary>
    public const int Length = 32;

    private const string Film = "a film or a picture in an MP4 container";

    private static readonly (int At, string Signature, string Kind)[] Signatures =
    [
        (0, "\u0089PNG", "a PNG picture"), (0, "\u00FF\u00D8\u00FF", "a JPEG picture"), (0, "GIF8", "a GIF picture"), (8, "WEBP", "a WebP picture"),
        (0, "II*\0", "a TIFF picture"), (0, "MM\0*", "a TIFF picture"), (0, "\0\0\u0001\0", "an icon (ICO)"), (0, "\0\0\u0002\0", "a cursor (CUR)"),
        (4, "ftypavi", "an AVIF picture"), (4, "ftyphe", "a HEIC picture"), (4, "ftypmif1", "a HEIC picture"), (4, "ftypmsf1", "a HEIC picture"),
        (4, "ftyp", Film), (4, "JXL ", "a JPEG XL picture"), (0, "\u00FF\u000A", "a JPEG XL picture"), (4, "jP  ", "a JPEG 2000 picture"),
        (0, "8BPS", "a Photoshop file"), (0, "%PDF", "a PDF document"), (0, "%!PS", "a PostScript document"),
        (0, "PK\u0003\u0004", "a zip archive, as NumPy's .npz and PyTorch's .pt are"), (0, "\u0093NUMPY", "a NumPy array (.npy)"),
        (0, "\u0080\u0002", "a Python pickle"), (0, "\u0089HDF", "an HDF5 file"), (0, "PAR1", "a Parquet file"), (0, "MATLAB", "a MATLAB file"),
        (0, "\u001F\u008B", "gzip data"), (0, "BZh", "bzip2 data"), (0, "\u00FD7zXZ", "xz data"), (0, "7z\u00BC\u00AF", "a 7z archive"),
        (0, "(\u00B5/\u00FD", "zstd data"), (0, "\u007FELF", "a program"), (0, "version ", "a text, as Git LFS leaves it in a file's place"),
    ];

    private static readonly (string Start, string Kind)[] Markup =
    [
        ("<svg", "an SVG drawing"), ("<!doctype svg", "an SVG drawing"), ("<?xml", "an XML file"), ("<!doct", "a web page (HTML)"), ("<html", "a web page (HTML)"),
        ("<head", "a web page (HTML)"), ("<body", "a web page (HTML)"), ("<script", "a web page (HTML)"),
    ];

    /// <summary>The kind, with its article; null where it is none of the known ones.</summary>
    /// <param name="start">The file's first bytes.</param>
    public static string? Of(ReadOnlySpan<byte> start)
    {
        string text = Encoding.Latin1.GetString(start[..Math.Min(start.Length, Length)]);
        foreach (var (at, signature, kind) in Signatures)
        {
            if (text.Length >= at + signature.Length && string.CompareOrdinal(text, at, signature, 0, signature.Length) == 0) return kind;
        }
        string words = text.StartsWith("\u00EF\u00BB\u00BF", StringComparison.Ordinal) ? text[3..] : text;
        foreach (var (begin, kind) in Markup)
        {
            if (words.TrimStart().StartsWith(begin, StringComparison.OrdinalIgnoreCase)) return kind;
        }
        return null;
    }

    /// <summary>The kind, else what the file begins with.</summary>
    /// <param name="start">The file's first bytes.</param>
    public static string Describe(ReadOnlySpan<byte> start) => Of(start) ?? $"a file that begins with {Beginning(start)}";

    /// <summary>The first eight bytes, as text where they are some.</summary>
    public static string Beginning(ReadOnlySpan<byte> start)
    {
        start = start[..Math.Min(start.Length, 8)];
        return start.ContainsAnyExceptInRange((byte)' ', (byte)'~') ? Convert.ToHexString(start) : $"'{Encoding.ASCII.GetString(start)}'";
    }
}
