using System.Collections.Immutable;

namespace StaticCnn.Mnist.Data;

/// <summary>No mirror served a file.</summary>
/// <param name="file">The file.</param>
/// <param name="reasons">Each mirror with what was wrong with it.</param>
internal sealed class DownloadException(DataFile file, ImmutableArray<string> reasons)
    : ProgramException(Failure.Data, $"{file.Name} could not be downloaded ({string.Join("; ", reasons)}). {Remedy}")
{
    /// <summary>What the user can do.</summary>
    public const string Remedy =
        "Get the four MNIST files elsewhere and name their folder with --data or STATICCNN_DATA, " +
        "or name other mirrors with --mirrors or STATICCNN_MIRRORS.";

    /// <summary>Each mirror with what was wrong with it.</summary>
    public ImmutableArray<string> Reasons { get; } = reasons;
}
