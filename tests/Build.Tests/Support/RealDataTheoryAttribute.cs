namespace StaticCnn.Build.Tests.Support;

/// <summary>A test that needs the four files of the real MNIST, directly in the folder that STATICCNN_DATA names.</summary>
internal sealed class RealDataTheoryAttribute : TheoryAttribute
{
    public RealDataTheoryAttribute()
    {
        if (Folder is null) Skip = "STATICCNN_DATA names no folder with the real MNIST";
    }

    /// <summary>The folder, or null.</summary>
    public static string? Folder { get; } =
        Environment.GetEnvironmentVariable("STATICCNN_DATA") is { Length: > 0 } folder
        && Directory.Exists(folder) && Directory.EnumerateFiles(folder, "t10k-images-idx3-ubyte*").Any()
            ? folder
            : null;
}
