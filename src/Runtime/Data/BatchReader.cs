using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace StaticCnn;

/// <summary>Fills batches from images in bytes; pixels become byte/255f, as torchvision's <c>ToTensor</c> makes them.</summary>
public static class BatchReader
{
    /// <summary>Reads the images of a batch and their labels. Allocates nothing.</summary>
    /// <param name="data">The images to choose from.</param>
    /// <param name="indices">The n images of the batch, such as a slice of an epoch's order.</param>
    /// <param name="images">Receives [n,C,H,W].</param>
    /// <param name="labels">Receives n classes.</param>
    /// <exception cref="ArgumentException">A span is too short.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index is no image's.</exception>
    public static void Read(LabeledImages data, ReadOnlySpan<int> indices, Span<float> images, Span<int> labels)
    {
        ArgumentNullException.ThrowIfNull(data);
        int length = data.Shape.Length;
        if (images.Length < (long)indices.Length * length)
        {
            throw new ArgumentException($"{indices.Length} images {data.Shape} need {(long)indices.Length * length} floats, but the span has {images.Length}.", nameof(images));
        }
        if (labels.Length < indices.Length)
        {
            throw new ArgumentException($"{indices.Length} images have as many labels, but the span has {labels.Length}.", nameof(labels));
        }
        for (int i = 0; i < indices.Length; i++)
        {
            if ((uint)indices[i] >= (uint)data.Count) throw new ArgumentOutOfRangeException(nameof(indices), indices[i], $"There are {data.Count} images.");
            ToFloats(data.Pixels(indices[i]), images.Slice(i * length, length));
            labels[i] = data.Labels[indices[i]];
        }
    }

    /// <summary>Each pixel divided by 255, in [0,1].</summary>
    /// <param name="pixels">n bytes.</param>
    /// <param name="floats">Receives n floats.</param>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void ToFloats(ReadOnlySpan<byte> pixels, Span<float> floats)
    {
        if (pixels.Length != floats.Length) throw new ArgumentException($"{pixels.Length} pixels do not fill {floats.Length} floats.", nameof(floats));
        ref byte from = ref MemoryMarshal.GetReference(pixels);
        ref float to = ref MemoryMarshal.GetReference(floats);
        int i = 0;
        for (; i <= pixels.Length - Vector128<byte>.Count; i += Vector128<byte>.Count)
        {
            var (low, high) = Vector128.Widen(Vector128.LoadUnsafe(ref from, (nuint)i));
            Quotients(Vector128.Widen(low)).StoreUnsafe(ref to, (nuint)i);
            Quotients(Vector128.Widen(high)).StoreUnsafe(ref to, (nuint)i + 8);
        }
        for (; i < pixels.Length; i++) floats[i] = pixels[i] / 255f;

        // Divided, not multiplied by 1/255, which rounds differently.
        static Vector256<float> Quotients((Vector128<uint> Low, Vector128<uint> High) values) =>
            Vector256.ConvertToSingle(Vector256.Create(values.Low, values.High).AsInt32()) / 255f;
    }
}
