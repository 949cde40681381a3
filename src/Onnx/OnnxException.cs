namespace StaticCnn.Onnx;

/// <summary>An ONNX file that cannot be read, or holds what a network of this library cannot. The message says what was expected, found, and what to do.</summary>
public sealed class OnnxException : Exception
{
    public OnnxException(string message) : base(message)
    {
    }

    public OnnxException(string message, Exception inner) : base(message, inner)
    {
    }
}
