namespace StaticCnn.Images;

/// <summary>A picture gives no answer. The message is one line for the user, without the file's name.</summary>
internal sealed class ImageException(ImageFault fault, string message) : Exception(message)
{
    /// <summary>The kind of fault.</summary>
    public ImageFault Fault { get; } = fault;
}
