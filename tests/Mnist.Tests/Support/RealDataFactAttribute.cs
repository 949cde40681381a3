namespace StaticCnn.Mnist.Tests.Support;

/// <summary>A test that needs the real MNIST, in the folder that STATICCNN_DATA names.</summary>
internal sealed class RealDataFactAttribute : FactAttribute
{
    public RealDataFactAttribute()
    {
        if (Folder is null) Skip = "STATICCNN_DATA names no folder with the real MNIST";
    }

    /// <summary>The folder, or null.</summary>
    public static string? Folder { get; } =
        Environment.GetEnvironmentVariable("STATICCNN_DATA") is { Length: > 0 } folder && Directory.Exists(folder) ? folder : null;
}
