using System.Diagnostics.CodeAnalysis;

namespace StaticCnn;

/// <summary>
/// A folder with MNIST's four files, packed or not, as they are downloaded or as torchvision leaves them: directly in
/// the folder, in <c>raw</c> or in <c>MNIST/raw</c> below it. Other sets of images in these files (Fashion-MNIST, KMNIST) are read as well.
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

    /// <summary>Looks for the four files; reads none of them.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="folder">Receives the folder where all four are there.</param>
    public static bool TryOpen(string path, [NotNullWhen(true)] out IdxFolder? folder)
    {
        ArgumentNullException.ThrowIfNull(path);
        foreach (string place in Places)
        {
            string?[] files = Array.ConvertAll(Names, name => Find(Path.Combine(path, place), name));
            if (Array.TrueForAll(files, file => file != null))
            {
                folder = new IdxFolder(files!);
                return true;
            }
        }
        folder = null;
        return false;
    }

    /// <summary>Finds the four files; reads none of them.</summary>
    /// <param name="path">The folder.</param>
    /// <exception cref="DataException">Some are missing; the message names what was looked for and where.</exception>
    public static IdxFolder Open(string path)
    {
        if (TryOpen(path, out var folder)) return folder;
        string problem = Directory.Exists(path) ? "lacks some of" : "does not exist; expected a folder with";
        throw new DataException($"{path} {problem} the files {string.Join(", ", Names)} (plain or .gz; here, in raw or in MNIST/raw).");
    }

    /// <summary>Reads the training images.</summary>
    /// <exception cref="DataException">A file is damaged, or the two do not belong together.</exception>
    public LabeledImages ReadTraining() => Read(_files[0], _files[1]);

    /// <summary>Reads the test images.</summary>
    /// <exception cref="DataException">A file is damaged, or the two do not belong together.</exception>
    public LabeledImages ReadTest() => Read(_files[2], _files[3]);

    private static LabeledImages Read(string images, string labels) =>
        new(IdxFile.ReadImages(images), IdxFile.ReadLabels(labels), images);

    private static string? Find(string folder, string name)
    {
        string plain = Path.Combine(folder, name);
        if (File.Exists(plain)) return plain;
        return File.Exists(plain + ".gz") ? plain + ".gz" : null;
    }
}
