using StaticCnn.Mnist.Data.Procedural;

namespace StaticCnn.Mnist.Data;

/// <summary>
/// Handwriting-like digits that need no download: 28x28 grey pixels in MNIST's convention (white on black, fitted into
/// 20x20, centred by centre of mass). A digit depends on its seed and index alone, so sets of any size share their
/// beginning, and neither the number of threads nor the machine changes a byte.
/// </summary>
public static class ProceduralDigits
{
    /// <summary>Rows and columns of one image.</summary>
    public const int Side = 28;

    /// <summary>Bytes of one image.</summary>
    public const int ImageLength = Side * Side;

    /// <summary>
    /// Stands for the drawing: SHA-256, in lower-case hexadecimal, of the pixels and then the labels of the first 2,000
    /// digits of seed 1. A test holds it to that.
    /// </summary>
    public const string Version = "3886b756ba01f34c1118ae4b5b0160f625a0b9a0850dce9f9abd35b523fd6c18";

    private const int Classes = 10;

    // Reused between digits: a digit needs a few kilobytes of scratch, which is not worth 60,000 allocations.
    [ThreadStatic]
    private static Ink? s_ink;

    /// <summary>Draws one digit.</summary>
    /// <param name="seed">Selects the set. Sets of different seeds have no digit in common.</param>
    /// <param name="index">The digit's place in the set, from 0.</param>
    /// <param name="pixels">Receives <see cref="ImageLength"/> bytes, row by row: 0 is paper, 255 is ink.</param>
    /// <param name="label">Receives the digit's value, 0 to 9.</param>
    /// <exception cref="ArgumentException"><paramref name="pixels"/> has another length.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is negative.</exception>
    public static void Draw(ulong seed, int index, Span<byte> pixels, out int label)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        if (pixels.Length != ImageLength)
        {
            throw new ArgumentException($"Expected {ImageLength} pixels, found {pixels.Length}.", nameof(pixels));
        }

        label = Label(seed, index);
        DigitWriter.Write(label, DigitRandom.For(seed, (ulong)index), s_ink ??= new Ink(), pixels);
    }

    /// <summary>Draws the first <paramref name="count"/> digits of a set.</summary>
    /// <param name="seed">Selects the set.</param>
    /// <param name="count">Digits to draw, at least 1.</param>
    /// <param name="threads">Threads that draw, at least 1. The result does not depend on it.</param>
    /// <returns>Pixels, [count,28,28], and labels, [count].</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> or <paramref name="threads"/> is below 1, or the pixels would not fit one array.</exception>
    public static (byte[] Pixels, byte[] Labels) Generate(ulong seed, int count, int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Array.MaxLength / ImageLength);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);

        var pixels = new byte[count * ImageLength];
        var labels = new byte[count];
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads }, index =>
        {
            Draw(seed, index, pixels.AsSpan(index * ImageLength, ImageLength), out int label);
            labels[index] = (byte)label;
        });
        return (pixels, labels);
    }

    // Every block of ten indices holds each digit once, in an order of its own: balanced for any count, and known
    // without drawing what came before.
    private static int Label(ulong seed, int index)
    {
        var random = DigitRandom.For(~seed, (ulong)(index / Classes));
        Span<int> order = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
        for (int last = Classes - 1; last > 0; last--)
        {
            int other = random.Below(last + 1);
            (order[last], order[other]) = (order[other], order[last]);
        }

        return order[index % Classes];
    }
}
