using System.IO.Compression;
using TorchSharp;

namespace StaticCnn.Peers;

/// <summary>Images and labels as tensors.</summary>
internal sealed record Images(torch.Tensor Pixels, torch.Tensor Labels, int Count)
{
    /// <summary>The set of IDX files, plain or .gz; where the folder is empty or the network is not MNIST's, random ones.</summary>
    public static Images Load(string folder, string set, Network network, int count)
    {
        if (folder.Length == 0 || network is not { Channels: 1, Size: 28 })
        {
            return new Images(
                torch.rand([count, network.Channels, network.Size, network.Size]), torch.randint(0, Network.Classes, [count]), count);
        }

        byte[] pixels = Read(Path.Combine(folder, $"{set}-images-idx3-ubyte"))[16..];
        long[] labels = [.. Read(Path.Combine(folder, $"{set}-labels-idx1-ubyte"))[8..].Select(label => (long)label)];
        float[] values = new float[pixels.Length];
        for (int i = 0; i < values.Length; i++) values[i] = pixels[i] / 255f;
        return new Images(torch.tensor(values).reshape(labels.Length, 1, 28, 28), torch.tensor(labels), labels.Length);
    }

    private static byte[] Read(string path)
    {
        if (File.Exists(path)) return File.ReadAllBytes(path);
        using var unpacked = new GZipStream(File.OpenRead(path + ".gz"), CompressionMode.Decompress);
        using var memory = new MemoryStream();
        unpacked.CopyTo(memory);
        return memory.ToArray();
    }
}
