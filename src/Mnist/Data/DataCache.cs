using System.Security.Cryptography;

namespace StaticCnn.Mnist.Data;

/// <summary>
/// The folder where downloaded files are kept, unpacked. A file is only ever put there whole, by renaming; several
/// processes may share the folder.
/// </summary>
internal sealed class DataCache(string folder)
{
    /// <summary>The folder; it need not exist yet.</summary>
    public string Folder { get; } = folder;

    /// <summary>The cache of this user: <c>STATICCNN_CACHE</c>, else the system's place for caches.</summary>
    /// <exception cref="ProgramException">The system names no such place.</exception>
    public static DataCache Locate(Func<string, string?> variable)
    {
        if (variable("STATICCNN_CACHE") is { } own) return new DataCache(Path.Combine(own, "mnist"));
        string root = variable("XDG_CACHE_HOME")
            ?? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        if (root.Length == 0)
        {
            throw new ProgramException(
                Failure.Data, "There is no folder for caches: set STATICCNN_CACHE to a folder, or give the data with --data.");
        }
        return new DataCache(Path.Combine(root, "staticcnn", "mnist"));
    }

    /// <summary>Where a file is, or will be.</summary>
    public string PathOf(DataFile file) => Path.Combine(Folder, file.Name);

    /// <summary>What the cache holds of a file. Reads all of it.</summary>
    public CacheState Check(DataFile file)
    {
        try
        {
            using var stream = File.OpenRead(PathOf(file));
            return stream.Length == file.Length && Convert.ToHexStringLower(SHA256.HashData(stream)) == file.Sha256
                ? CacheState.Good
                : CacheState.Damaged;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return CacheState.Missing;
        }
    }

    /// <summary>Creates the folder if need be, and a temporary file in it with a name that no other process uses.</summary>
    /// <exception cref="ProgramException">The folder cannot be written to.</exception>
    public FileStream CreateTemporary(DataFile file)
    {
        try
        {
            Directory.CreateDirectory(Folder);
            string path = Path.Combine(Folder, $".{file.Name}.{Guid.NewGuid():N}.tmp");
            return new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ProgramException(
                Failure.Data, $"The cache folder {Folder} cannot be written to ({e.Message}). Set STATICCNN_CACHE to another folder.");
        }
    }

    /// <summary>Puts a finished temporary file in place, over whatever is there.</summary>
    public void Accept(DataFile file, string temporary)
    {
        try
        {
            File.Move(temporary, PathOf(file), overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Windows does not replace a file that is open: another process has just put the same one there and reads it.
            if (Check(file) != CacheState.Good) throw;
            File.Delete(temporary);
        }
    }

    /// <summary>Removes what killed processes left behind.</summary>
    public void RemoveAbandoned() => AtomicFile.RemoveAbandoned(Folder, ".*.tmp");
}

/// <summary>What a cache holds of a file.</summary>
internal enum CacheState
{
    /// <summary>Nothing.</summary>
    Missing,

    /// <summary>Other bytes than it should have.</summary>
    Damaged,

    /// <summary>The file, verified.</summary>
    Good,
}
