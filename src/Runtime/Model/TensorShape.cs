using System.Globalization;

namespace StaticCnn;

/// <summary>The shape of one image's values between layers: an image [C,H,W], or a vector [n].</summary>
public readonly record struct TensorShape
{
    /// <summary>An image of <paramref name="channels"/> planes of <paramref name="height"/> rows and <paramref name="width"/> columns.</summary>
    public TensorShape(int channels, int height, int width) => (Channels, Height, Width) = (channels, height, width);

    /// <summary>A vector of <paramref name="length"/> values.</summary>
    public TensorShape(int length) => (Channels, Height, Width, IsVector) = (length, 1, 1, true);

    /// <summary>Planes, or a vector's length.</summary>
    public int Channels { get; }

    /// <summary>Rows; 1 for a vector.</summary>
    public int Height { get; }

    /// <summary>Columns; 1 for a vector.</summary>
    public int Width { get; }

    /// <summary>Whether this is a vector.</summary>
    public bool IsVector { get; }

    /// <summary>Values of one image.</summary>
    public int Length => Channels * Height * Width;

    /// <summary><c>[16,28,28]</c> or <c>[128]</c>.</summary>
    public override string ToString() => IsVector
        ? string.Create(CultureInfo.InvariantCulture, $"[{Channels}]")
        : string.Create(CultureInfo.InvariantCulture, $"[{Channels},{Height},{Width}]");
}
