namespace StaticCnn;

/// <summary>Says why a path is no folder with MNIST's files: what it lacks, and what it holds in their place.</summary>
internal static class IdxFolderContents
{
    private const int NamesListed = 8;

    /// <summary>What people keep images in that is no IDX file.</summary>
    private static readonly string[] OtherKinds = [".npz", ".npy", ".png", ".jpg", ".jpeg", ".bmp", ".webp", ".tif", ".csv", ".parquet", ".mat", ".h5", ".pt", ".tfrecord", ".zip", ".tar"];

    /// <summary>One sentence or two.</summary>
    /// <param name="path">The path.</param>
    /// <param name="names">The files that were looked for.</param>
    /// <param name="sets">The names of sets, where there are several.</param>
    /// <param name="missing">The files that are not there.</param>
    public static string Describe(string path, string[] names, string[] sets, string[] missing)
    {
        string expected = $"the files {string.Join(", ", names)} (plain or .gz; here, in raw or in MNIST/raw)";
        if (sets.Length > 1)
        {
            string[] paths = [.. sets.Select(set => Path.Combine(path, set.TrimEnd('-')))];
            return $"{path} holds {sets.Length} sets of images. Name one of them: {string.Join(", ", paths)}.";
        }
        if (File.Exists(path)) return $"{path} is {KindOf(path)}; expected a folder with {expected}.";
        if (!Directory.Exists(path)) return $"{path} does not exist; expected a folder with {expected}.";
        string lacks = missing.Length < names.Length ? $" It lacks {string.Join(", ", missing)}." : "";
        return $"{path} lacks some of {expected}.{lacks} {Contents(path)}";
    }

    private static string KindOf(string file)
    {
        Span<byte> start = stackalloc byte[FileKind.Length];
        using var stream = File.OpenRead(file);
        int read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        return FileKind.Of(start[..read]) ?? "a file";
    }

    private static string Contents(string folder)
    {
        string[] entries = [.. Directory.EnumerateDirectories(folder).Select(name => Path.GetFileName(name) + "/").Concat(Directory.EnumerateFiles(folder).Select(name => Path.GetFileName(name)))
            .Order(StringComparer.Ordinal)];
        if (entries.Length == 0) return "It is empty.";
        string more = entries.Length > NamesListed ? FormattableString.Invariant($" and {entries.Length - NamesListed} more") : "";
        string holds = $"It holds {string.Join(", ", entries.Take(NamesListed))}{more}.";
        string[] others = [.. FilesNear(folder).Select(file => Path.GetExtension(file).ToLowerInvariant()).Distinct().Intersect(OtherKinds).Order(StringComparer.Ordinal)];
        return others.Length == 0 ? holds : $"{holds} Files of the kind {string.Join(", ", others)} are no IDX files, and only those are read.";
    }

    /// <summary>The folder's files and, as classes often are folders, some of those in its first folder.</summary>
    private static IEnumerable<string> FilesNear(string folder) => Directory.EnumerateFiles(folder)
        .Concat(Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal).Take(1).SelectMany(Directory.EnumerateFiles).Take(NamesListed));
}
