namespace StaticCnn;

/// <summary>Images and the class of each.</summary>
public sealed class LabeledImages
{
    /// <summary>Puts images and labels together.</summary>
    /// <param name="images">The images.</param>
    /// <param name="labels">The class of each image.</param>
    /// <param name="source">Where they come from, for reports and errors.</param>
    /// <param name="labelSource">Where the labels come from, if from elsewhere.</param>
    /// <exception cref="DataException">There are not as many labels as images.</exception>
    public LabeledImages(IdxImages images, byte[] labels, string source, string? labelSource = null)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(source);
        LabelSource = labelSource ?? source;
        if (labels.Length != images.Count)
        {
            string of = labelSource is null ? "" : $" in {source}";
            throw new DataException($"{LabelSource}: expected a label for each of {images.Count} images{of}, found {labels.Length}.");
        }
        if (images.Pixels.Length != (long)images.Count * images.Shape.Length)
        {
            throw new DataException($"{source}: expected {images.Count} images {images.Shape}, found {images.Pixels.Length} pixels.");
        }
        Images = images;
        Labels = labels;
        Source = source;
    }

    /// <summary>The images, [n,C,H,W] in bytes.</summary>
    public IdxImages Images { get; }

    /// <summary>The class of each image.</summary>
    public byte[] Labels { get; }

    /// <summary>Where they come from, for reports and errors.</summary>
    public string Source { get; }

    /// <summary>Where the labels come from.</summary>
    public string LabelSource { get; }

    /// <summary>Images.</summary>
    public int Count => Labels.Length;

    /// <summary>Shape of one image, [C,H,W].</summary>
    public TensorShape Shape => Images.Shape;

    /// <summary>The pixels of one image, [C,H,W].</summary>
    /// <param name="image">The image, 0 to <see cref="Count"/>-1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such image.</exception>
    public ReadOnlySpan<byte> Pixels(int image)
    {
        if ((uint)image >= (uint)Count) throw new ArgumentOutOfRangeException(nameof(image), image, $"There are {Count} images.");
        return Images.Pixels.AsSpan(image * Shape.Length, Shape.Length);
    }

    /// <summary>Checks that a network with this input and these classes can take the images.</summary>
    /// <param name="input">The network's input shape.</param>
    /// <param name="classes">The network's classes.</param>
    /// <exception cref="DataException">It cannot; the message says what was expected and found.</exception>
    public void CheckFits(TensorShape input, int classes)
    {
        if (Shape != input) throw new DataException($"{Source}: expected images {input}, found {Shape}.");
        int image = Labels.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)Math.Min(classes - 1, byte.MaxValue));
        if (image >= 0) throw new DataException($"{LabelSource}: expected labels below {classes}, found {Labels[image]} at image {image}.");
    }
}
