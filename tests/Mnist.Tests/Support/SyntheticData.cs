using System.Buffers.Binary;
using System.Collections.Immutable;
using System.IO.Compression;
using System.Security.Cryptography;
using StaticCnn.Mnist.Data;

namespace StaticCnn.Mnist.Tests.Support;

/// <summary>A small data set in MNIST's form that a linear classifier can learn: digit d is a bright bar in rows 2d and 2d+1, in noise.</summary>
internal static class SyntheticData
{
    public const int TrainImages = 250; // Not a multiple of the batch size.
    public const int TestImages = 60;

    /// <summary>The unpacked files by name.</summary>
    public static IReadOnlyDictionary<string, byte[]> Contents { get; } = new Dictionary<string, byte[]>
    {
        ["train-images-idx3-ubyte"] = Images(TrainImages, seed: 1),
        ["train-labels-idx1-ubyte"] = Labels(TrainImages),
        ["t10k-images-idx3-ubyte"] = Images(TestImages, seed: 2),
        ["t10k-labels-idx1-ubyte"] = Labels(TestImages),
    };

    /// <summary>What the program is told to expect in the place of the original MNIST.</summary>
    public static ImmutableArray<DataFile> Files { get; } =
    [
        .. Contents.Select(file => new DataFile(
            file.Key, file.Value.Length, Convert.ToHexStringLower(SHA256.HashData(file.Value)))),
    ];

    public static byte[] Compress(byte[] content)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(content);
        return packed.ToArray();
    }

    /// <summary>Writes the four files.</summary>
    public static void WriteTo(string folder, bool compressed = false)
    {
        Directory.CreateDirectory(folder);
        foreach (var (name, content) in Contents)
        {
            if (compressed) File.WriteAllBytes(Path.Combine(folder, name + ".gz"), Compress(content));
            else File.WriteAllBytes(Path.Combine(folder, name), content);
        }
    }

    private static byte[] Images(int count, int seed)
    {
        byte[] file = new byte[16 + count * 784];
        BinaryPrimitives.WriteInt32BigEndian(file, 0x803);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(4), count);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(8), 28);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(12), 28);
        var random = new Random(seed);
        for (int n = 0; n < count; n++)
        {
            var image = file.AsSpan(16 + n * 784, 784);
            foreach (ref byte pixel in image) pixel = (byte)random.Next(64);
            image.Slice(n % 10 * 2 * 28, 2 * 28).Fill(220);
        }
        return file;
    }

    private static byte[] Labels(int count)
    {
        byte[] file = new byte[8 + count];
        BinaryPrimitives.WriteInt32BigEndian(file, 0x801);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(4), count);
        for (int n = 0; n < count; n++) file[8 + n] = (byte)(n % 10);
        return file;
    }
}
