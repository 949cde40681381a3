using System.Diagnostics.CodeAnalysis;

namespace StaticCnn;

/// <summary>
/// A folder with MNIST's four files, packed or not, as they are downloaded or as torchvision leaves them: directly in
/// the folder, in <c>raw</c> or in <c>MNIST/raw</c> below it. Other sets of images in these files (Fashion-MNIST, KMNIST) are read as well, and so are
/// files that are spelled with a dot (<c>train-images.idx3-ubyte</c>) and those of EMNIST, whose names begin with that of a set.
/// </summary>
public sealed class IdxFolder
{
    private static readonly string[] Places = ["", "raw", "MNIST/raw"];
    private static readonly string[] Names =
        ["train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"];

    private readonly string[] _files;

    private IdxFolder(string[] files) => _files = files;

    /// <summary>The paths of the four files: training images and labels, test images and labels.</summary>
    public IReadOnlyList<string> Files => _files;

    /// <summary>The unpacked names of the four files.</summary>
    public static IReadOnlyList<string> FileNames => Names;

    /// <summary>EMNIST keeps its images by columns, so that they look mirrored and turned; they are read upright.</summary>
    private bool IsByColumns => Path.GetFileName(_files[0]).StartsWith("emnist-", StringComparison.OrdinalIgnoreCase);

    /// <summary>Looks for the four files; reads none of them.</summary>
    /// <param name="path">The folder; where it holds several sets, the folder and a set's name, such as <c>gzip/emnist-digits</c>.</param>
    /// <param name="folder">Receives the folder where all four are there, once.</param>
    public static bool TryOpen(string path, [NotNullWhen(true)] out IdxFolder? folder)
    {
        ArgumentNullException.ThrowIfNull(path);
        string[][] found = [.. FindAll(path)];
        folder = found is [var files] ? new IdxFolder(files) : null;
        return folder is not null;
    }

    /// <summary>Finds the four files; reads none of them.</summary>
    /// <param name="path">The folder; where it holds several sets, the folder and a set's name, such as <c>gzip/emnist-digits</c>.</param>
    /// <exception cref="DataException">Some are missing, or there are several sets; the message names what was looked for and what was found.</exception>
    public static IdxFolder Open(string path)
    {
        if (TryOpen(path, out var folder)) return folder;
        string[] sets = [.. FindAll(path).Select(files => IdxNames.SetOf(files[0]))];
        string?[] most = Places.Select(place => IdxNames.Find(Path.Combine(path, place), set: "", Names)).MinBy(files => files.Count(file => file is null))!;
        throw new DataException(IdxFolderContents.Describe(path, Names, sets, [.. Names.Where((_, i) => most[i] is null)]));
    }

    /// <summary>Reads the training images.</summary>
    /// <exception cref="DataException">A file is damaged, or the two do not belong together.</exception>
    public LabeledImages ReadTraining() => Read(_files[0], _files[1]);

    /// <summary>Reads the test images.</summary>
    /// <exception cref="DataException">A file is damaged, or the two do not belong together.</exception>
    public LabeledImages ReadTest() => Read(_files[2], _files[3]);

    /// <summary>The sets of four files at a path: the one without a name, else all that have one.</summary>
    private static IEnumerable<string[]> FindAll(string path)
    {
        foreach (string place in Places)
        {
            string folder = Path.Combine(path, place);
            if (FindWhole(folder, set: "") is { } files) return [files];
            string[][] named = [.. IdxNames.SetsIn(folder).Select(set => FindWhole(folder, set)).OfType<string[]>()];
            if (named.Length > 0) return named;
        }
        if (Directory.Exists(path) || Path.GetFileName(path) is not { Length: > 0 } name) return [];
        return FindWhole(Path.GetDirectoryName(path)!, name + "-") is { } ofSet ? [ofSet] : [];
    }

    private static string[]? FindWhole(string folder, string set)
    {
        string[] files = [.. IdxNames.Find(folder, set, Names).OfType<string>()];
        return files.Length == Names.Length ? files : null;
    }

    private LabeledImages Read(string images, string labels)
    {
        var read = IdxFile.ReadImages(images);
        return new(IsByColumns ? read.Transposed() : read, IdxFile.ReadLabels(labels), images, labels);
    }
}
