namespace StaticCnn;

/// <summary>
/// The names that MNIST's files and those of its kin go by: <c>t10k-images-idx3-ubyte</c>, <c>t10k-images.idx3-ubyte</c>, and with the name of one of
/// several sets before it <c>emnist-letters-test-images-idx3-ubyte</c>; each plain or with <c>.gz</c>.
/// </summary>
internal static class IdxNames
{
    private const string TrainingImages = "train-images";

    /// <summary>The files of a set, null for each that is not there.</summary>
    /// <param name="folder">Where to look; it need not exist.</param>
    /// <param name="set">What stands before the names, <c>emnist-letters-</c> for example.</param>
    /// <param name="names">The names as MNIST spells them.</param>
    public static string?[] Find(string folder, string set, string[] names) => Array.ConvertAll(names, name => Find(folder, set, name));

    /// <summary>What stands before the names of training images in a folder.</summary>
    public static IEnumerable<string> SetsIn(string folder) => !Directory.Exists(folder) ? [] : Directory
        .EnumerateFiles(folder, $"?*-{TrainingImages}*").Select(SetOf).Distinct().Order(StringComparer.Ordinal);

    /// <summary>What stands before the name of a file of training images.</summary>
    public static string SetOf(string file) => Path.GetFileName(file) is var name && name.IndexOf(TrainingImages, StringComparison.Ordinal) is >= 0 and var at ? name[..at] : "";

    private static string? Find(string folder, string set, string name)
    {
        foreach (string part in (string[])[name, name.Replace("t10k", "test", StringComparison.Ordinal)])
        {
            foreach (string spelling in (string[])[part, part.Replace("-idx", ".idx", StringComparison.Ordinal)])
            {
                string plain = Path.Combine(folder, set + spelling);
                if (File.Exists(plain)) return plain;
                if (File.Exists(plain + ".gz")) return plain + ".gz";
            }
        }
        return null;
    }
}
