using System.Buffers.Binary;

namespace StaticCnn.Build.Tests.Support;

/// <summary>A few images in MNIST's form, in which digit d is a bright bar in rows 2d and 2d+1.</summary>
internal static class SmallData
{
    private const int ImageBytes = 28 * 28;

    /// <summary>Writes the four files.</summary>
    public static void WriteTo(string folder)
    {
        Directory.CreateDirectory(folder);
        Write(Path.Combine(folder, "train"), 256);
        Write(Path.Combine(folder, "t10k"), 60);
    }

    private static void Write(string prefix, int count)
    {
        byte[] labels = [.. Header(0x801, count), .. Enumerable.Range(0, count).Select(n => (byte)(n % 10))];
        byte[] images = [.. Header(0x803, count, 28, 28), .. new byte[count * ImageBytes]];
        for (int n = 0; n < count; n++) images.AsSpan(16 + n * ImageBytes + n % 10 * 2 * 28, 2 * 28).Fill(220);
        File.WriteAllBytes(prefix + "-labels-idx1-ubyte", labels);
        File.WriteAllBytes(prefix + "-images-idx3-ubyte", images);
    }

    private static byte[] Header(params int[] words)
    {
        byte[] bytes = new byte[4 * words.Length];
        for (int i = 0; i < words.Length; i++) BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4 * i), words[i]);
        return bytes;
    }
}
