namespace StaticCnn;

/// <summary>Writes files that appear whole or not at all.</summary>
public static class AtomicFile
{
    /// <summary>A temporary file this old belongs to a process that was killed.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);

    /// <summary>
    /// Writes to a temporary file in the same folder, which then replaces <paramref name="path"/>. Where writing fails,
    /// the old file stays and nothing new is left behind. A missing folder is created. A process that is killed leaves its
    /// temporary file behind; the next one to write <paramref name="path"/>, an hour later or more, removes it.
    /// </summary>
    /// <param name="path">The file to write.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        path = Path.GetFullPath(path);
        string folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder);
        RemoveAbandoned(folder, $"{Path.GetFileName(path)}.*.tmp");
        string temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Removes the temporary files that killed processes left behind.</summary>
    /// <param name="folder">Where they are; it need not exist.</param>
    /// <param name="pattern">Their names, such as <c>weights.safetensors.*.tmp</c>.</param>
    public static void RemoveAbandoned(string folder, string pattern)
    {
        if (!Directory.Exists(folder)) return;
        foreach (string path in Directory.EnumerateFiles(folder, pattern))
        {
            if (DateTime.UtcNow - File.GetLastWriteTimeUtc(path) < Abandoned) continue;
            try
            {
                File.Delete(path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Another user's, or open on Windows: it is in nobody's way.
            }
        }
    }
}
