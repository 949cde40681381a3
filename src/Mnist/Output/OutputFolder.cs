namespace StaticCnn.Mnist.Output;

/// <summary>A folder that files are to be written to.</summary>
internal static class OutputFolder
{
    /// <summary>Creates the folder and tries it out, so that long work does not end with nowhere to put its result.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="option">The option that names it.</param>
    /// <exception cref="ProgramException">Nothing can be written there.</exception>
    public static void Require(string folder, string option)
    {
        try
        {
            Directory.CreateDirectory(folder);
            string trial = Path.Combine(folder, $".{Guid.NewGuid():N}.tmp");
            new FileStream(trial, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ProgramException(Failure.File, $"Nothing can be written to the folder {folder} ({e.Message}). Name another one with {option}.");
        }
    }
}
