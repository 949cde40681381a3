namespace StaticCnn.Images;

/// <summary>Text of messages that hold what somebody else wrote, names of files for example.</summary>
internal static class OneLine
{
    /// <summary>The text with a space in the place of each line end, tab and other control character, and no two spaces where these stood.</summary>
    public static string Of(string text)
    {
        if (!text.Any(char.IsControl)) return text;
        var line = new System.Text.StringBuilder(text.Length);
        foreach (char c in text)
        {
            if (!char.IsControl(c)) line.Append(c);
            else if (line.Length > 0 && line[^1] != ' ') line.Append(' ');
        }
        return line.ToString();
    }
}
