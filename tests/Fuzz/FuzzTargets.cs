using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace StaticCnn.Fuzz;

/// <summary>The readers of the library that take bytes from outside.</summary>
internal static class FuzzTargets
{
    public static FuzzTarget[] All =>
    [
        new("images", [Images(0x803, 2, 3, 4), Images(0x804, 2, 3, 4, 2)], [], input => IdxFile.ReadImages(new MemoryStream(input), "input")),
        new("labels", [Images(0x801, 9)], [], input => IdxFile.ReadLabels(new MemoryStream(input), "input")),
        new("packed images", [Packed(Images(0x803, 5, 6, 7)), Packed(Images(0x803, 60, 9, 9))], [], input => IdxFile.ReadImages(new MemoryStream(input), "input")),
        new("weights", [Weights()], Words, input => Store().Load(input)),
    ];

    private static string[] Words =>
    [
        "\"dtype\"", "\"shape\"", "\"data_offsets\"", "\"F32\"", "\"F16\"", "\"__metadata__\"", "[", "]", "{", "}", ",", ":", "-1", "0", "9223372036854775807",
        "18446744073709551616", "1e999", "null", "\"\\u0000\"", "\"\\ud800\"", "\"a\"", "\"b\"", "[[[[[[[[", "{\"a\":{",
    ];

    private static byte[] Images(int magic, params int[] sizes)
    {
        byte[] file = new byte[4 + 4 * sizes.Length + sizes.Aggregate(1, (product, size) => product * size)];
        BinaryPrimitives.WriteInt32BigEndian(file, magic);
        for (int i = 0; i < sizes.Length; i++) BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(4 + 4 * i), sizes[i]);
        for (int i = 4 + 4 * sizes.Length; i < file.Length; i++) file[i] = (byte)(i * 7);
        return file;
    }

    private static byte[] Packed(byte[] file)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal)) gzip.Write(file);
        return packed.ToArray();
    }

    private static byte[] Weights()
    {
        byte[] header = Encoding.UTF8.GetBytes(
            """{"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1,3],"data_offsets":[8,20]}}""");
        byte[] file = new byte[8 + header.Length + 20];
        BinaryPrimitives.WriteInt64LittleEndian(file, header.Length);
        header.CopyTo(file, 8);
        return file;
    }

    private static ParameterStore Store() => new("Fuzzed", [new("a", [2], 1, 0, 1, 16), new("b", [1, 3], 1, 16, 1, 16)]);
}
