namespace StaticCnn.Images;

/// <summary>Finds what somebody may have meant by a word that is none.</summary>
internal static class NearestWord
{
    /// <summary>A question to put behind an error, with a space before it; nothing where no word is near.</summary>
    /// <param name="words">The words that there are.</param>
    /// <param name="word">The one that was written.</param>
    public static string Question(IEnumerable<string> words, string word)
    {
        string? nearest = words.OrderBy(known => IsBeginning(word, known) ? 0 : Distance(known, word)).FirstOrDefault();
        bool isNear = nearest is not null && (Distance(nearest, word) <= Math.Max(1, nearest.Trim('-').Length / 3) || IsBeginning(word, nearest));
        return isNear ? $" Did you mean '{nearest}'?" : "";
    }

    private static bool IsBeginning(string word, string known) => word.Trim('-').Length >= 2 && known.StartsWith(word, StringComparison.OrdinalIgnoreCase);

    /// <summary>Letters to insert, delete, replace or exchange with their neighbour; upper case is as good as lower.</summary>
    private static int Distance(string from, string to)
    {
        var (a, b) = (from.ToLowerInvariant(), to.ToLowerInvariant());
        if (b.Length > 64) return int.MaxValue;
        int[,] distance = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++) distance[i, 0] = i;
        for (int j = 0; j <= b.Length; j++) distance[0, j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int replace = distance[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                int least = Math.Min(replace, 1 + Math.Min(distance[i - 1, j], distance[i, j - 1]));
                bool isExchanged = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                distance[i, j] = isExchanged ? Math.Min(least, distance[i - 2, j - 2] + 1) : least;
            }
        }
        return distance[a.Length, b.Length];
    }
}
