namespace StaticCnn;

/// <summary>
/// Declares a convolutional network on a <c>partial</c> class. The layer attributes that follow it run in source
/// order; the generator completes the class with the network's forward pass, backward pass and optimizer step.
/// </summary>
/// <param name="channels">Channels of one input image.</param>
/// <param name="height">Rows of one input image, in pixels.</param>
/// <param name="width">Columns of one input image, in pixels.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class CnnModelAttribute(int channels, int height, int width) : Attribute
{
    /// <summary>A network on a vector: its input is [n] instead of [C,H,W].</summary>
    /// <param name="length">Floats of one input.</param>
    public CnnModelAttribute(int length) : this(length, 1, 1) => IsVector = true;

    /// <summary>Whether the input is a vector of <see cref="Channels"/> floats.</summary>
    public bool IsVector { get; }

    /// <summary>Channels of one input image.</summary>
    public int Channels { get; } = channels;

    /// <summary>Rows of one input image, in pixels.</summary>
    public int Height { get; } = height;

    /// <summary>Columns of one input image, in pixels.</summary>
    public int Width { get; } = width;
}
