using System.Collections.Immutable;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace StaticCnn.Mnist.Data;

/// <summary>Data in files: where they are, and what they hold.</summary>
/// <param name="Folder">The folder with the four IDX files.</param>
/// <param name="Label"><c>mnist</c> for the original files, else <c>idx:</c> and the folder's name.</param>
/// <param name="Identity">SHA-256 over the unpacked files, in lower-case hexadecimal: other data, other identity.</param>
internal sealed record DataLocation(string Folder, string Label, string Identity) : IDataSource
{
    /// <summary>A folder of the user's, which may hold any data in IDX form.</summary>
    /// <exception cref="DataException">A file is missing or damaged.</exception>
    public static DataLocation OfFolder(string folder, ImmutableArray<DataFile> originals)
    {
        var hashes = IdxFolder.Open(folder).Files.Select(HashOf).ToImmutableArray();
        bool original = hashes.SequenceEqual(originals.Select(file => file.Sha256));
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        return new DataLocation(folder, original ? "mnist" : $"idx:{name}", IdentityOf(hashes));
    }

    /// <summary>The cache; what it lacks is downloaded, and what is damaged is downloaded again.</summary>
    /// <exception cref="DownloadException">No mirror served a file; the others are not tried any more.</exception>
    /// <exception cref="ProgramException">The cache cannot be written to.</exception>
    public static async Task<DataLocation> OfCacheAsync(
        Downloader downloader, ImmutableArray<DataFile> files, CancellationToken cancellation)
    {
        foreach (var file in files) await downloader.EnsureAsync(file, cancellation);
        return new DataLocation(downloader.Folder, "mnist", IdentityOf(files));
    }

    /// <summary>The identity of files whose hashes are known, wherever they may be.</summary>
    public static string IdentityOf(ImmutableArray<DataFile> files) => IdentityOf(files.Select(file => file.Sha256));

    /// <inheritdoc/>
    public LabeledImages LoadTraining(int threads) => IdxFolder.Open(Folder).ReadTraining();

    /// <inheritdoc/>
    public LabeledImages LoadTest(int threads) => IdxFolder.Open(Folder).ReadTest();

    private static string HashOf(string path)
    {
        using var file = File.OpenRead(path);
        bool packed = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
        file.Position = 0;
        if (!packed) return Convert.ToHexStringLower(SHA256.HashData(file));
        try
        {
            using var unpacked = new GZipStream(file, CompressionMode.Decompress);
            return Convert.ToHexStringLower(SHA256.HashData(unpacked));
        }
        catch (InvalidDataException e)
        {
            throw new DataException($"{path}: the gzip data is damaged ({e.Message})", e);
        }
    }

    private static string IdentityOf(IEnumerable<string> hashes) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join('\n', hashes))));
}
