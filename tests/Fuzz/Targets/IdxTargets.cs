using System.Buffers.Binary;
using System.IO.Compression;

namespace StaticCnn.Fuzz.Targets;

/// <summary>MNIST's format, plain and packed with gzip.</summary>
internal static class IdxTargets
{
    public static FuzzTarget Images => new("images", 25, [File(0x803, 2, 3, 4), File(0x804, 2, 3, 4, 2)], ReadImages) { Answers = [typeof(DataException)] };

    public static FuzzTarget Labels => new("labels", 12, [File(0x801, 9)], input => IdxFile.ReadLabels(new MemoryStream(input), "input")) { Answers = [typeof(DataException)] };

    public static FuzzTarget Packed => new("packed images", 8, [Pack(File(0x803, 5, 6, 7)), Pack(File(0x803, 60, 9, 9))], ReadImages)
    {
        Answers = [typeof(DataException)],
        MostAllocated = length => (2 << 20) + 2100L * length, // gzip packs at most 1032 bytes into one; a growing array holds them twice.
        Open = Unpack,
        Close = Pack,
    };

    public static byte[] File(int magic, params int[] sizes)
    {
        byte[] file = new byte[4 + 4 * sizes.Length + sizes.Aggregate(1, (product, size) => product * size)];
        BinaryPrimitives.WriteInt32BigEndian(file, magic);
        for (int i = 0; i < sizes.Length; i++) BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(4 + 4 * i), sizes[i]);
        for (int i = 4 + 4 * sizes.Length; i < file.Length; i++) file[i] = (byte)(i * 7);
        return file;
    }

    private static byte[] Pack(byte[] file)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(file);
        return packed.ToArray();
    }

    private static byte[]? Unpack(byte[] packed)
    {
        try
        {
            byte[] file = new byte[8192];
            using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
            return file[..gzip.ReadAtLeast(file, file.Length, throwOnEndOfStream: false)];
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static void ReadImages(byte[] input) => IdxFile.ReadImages(new MemoryStream(input), "input");
}
