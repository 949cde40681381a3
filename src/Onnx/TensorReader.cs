using System.Buffers.Binary;
using System.Globalization;
using StaticCnn.Onnx.Schema;

namespace StaticCnn.Onnx;

/// <summary>Tensors of a file as floats or integers, from any of the three places where ONNX keeps values.</summary>
internal sealed class TensorReader(string folder)
{
    /// <summary>ONNX's data types that are read, with the bytes of one value.</summary>
    private static readonly Dictionary<int, (string Name, int Size)> s_types = new()
    {
        { 1, ("float", 4) },
        { 2, ("uint8", 1) },
        { 3, ("int8", 1) },
        { 4, ("uint16", 2) },
        { 5, ("int16", 2) },
        { 6, ("int32", 4) },
        { 7, ("int64", 8) },
        { 9, ("bool", 1) },
        { 10, ("float16", 2) },
        { 11, ("double", 8) },
        { 12, ("uint32", 4) },
        { 13, ("uint64", 8) },
        { 16, ("bfloat16", 2) },
    };

    public static bool IsFloat(int dataType) => dataType is 1 or 10 or 11 or 16;

    public Tensor Read(TensorProto tensor)
    {
        string label = $"The tensor '{tensor.Name}'";
        if (!s_types.TryGetValue(tensor.DataType, out var type))
        {
            string known = string.Join(", ", s_types.Values.Select(each => each.Name));
            throw new OnnxException($"{label}: expected one of {known}, found ONNX's data type {tensor.DataType}.");
        }

        int[] shape = [.. tensor.Dims.Select(extent => extent is >= 0 and <= int.MaxValue
            ? (int)extent
            : throw new OnnxException(string.Create(CultureInfo.InvariantCulture, $"{label}: expected extents of 0 or more, found {extent}.")))];
        int count = Tensor.Count(shape);
        if (tensor.DataLocation == TensorProto.Types.Location.External) return FromBytes(tensor.DataType, shape, External(tensor, label, (long)count * type.Size));
        if (tensor.RawData.Length > 0 || count == 0)
        {
            Expect(label, (long)count * type.Size, tensor.RawData.Length, "bytes");
            return FromBytes(tensor.DataType, shape, tensor.RawData.ToByteArray());
        }

        return FromFields(tensor, shape, count, label);
    }

    private static Tensor FromFields(TensorProto tensor, int[] shape, int count, string label)
    {
        switch (tensor.DataType)
        {
            case 1:
                Expect(label, count, tensor.FloatData.Count, "values");
                return new(shape, [.. tensor.FloatData]);
            case 11:
                Expect(label, count, tensor.DoubleData.Count, "values");
                return new(shape, [.. tensor.DoubleData.Select(value => (float)value)]);
            case 7:
                Expect(label, count, tensor.Int64Data.Count, "values");
                return new(shape, [.. tensor.Int64Data]);
            case 12 or 13:
                Expect(label, count, tensor.Uint64Data.Count, "values");
                return new(shape, [.. tensor.Uint64Data.Select(value => (long)value)]);
        }

        Expect(label, count, tensor.Int32Data.Count, "values");
        return tensor.DataType switch
        {
            10 => new(shape, [.. tensor.Int32Data.Select(bits => (float)BitConverter.UInt16BitsToHalf((ushort)bits))]),
            16 => new(shape, [.. tensor.Int32Data.Select(bits => BFloat16((ushort)bits))]),
            _ => new(shape, [.. tensor.Int32Data.Select(value => (long)value)]),
        };
    }

    private static Tensor FromBytes(int dataType, int[] shape, byte[] bytes) => dataType switch
    {
        1 => new(shape, Each(bytes, 4, BinaryPrimitives.ReadSingleLittleEndian)),
        10 => new(shape, Each(bytes, 2, at => (float)BinaryPrimitives.ReadHalfLittleEndian(at))),
        11 => new(shape, Each(bytes, 8, at => (float)BinaryPrimitives.ReadDoubleLittleEndian(at))),
        16 => new(shape, Each(bytes, 2, at => BFloat16(BinaryPrimitives.ReadUInt16LittleEndian(at)))),
        2 or 9 => new(shape, Each(bytes, 1, at => (long)at[0])),
        3 => new(shape, Each(bytes, 1, at => (long)(sbyte)at[0])),
        4 => new(shape, Each(bytes, 2, at => (long)BinaryPrimitives.ReadUInt16LittleEndian(at))),
        5 => new(shape, Each(bytes, 2, at => (long)BinaryPrimitives.ReadInt16LittleEndian(at))),
        6 => new(shape, Each(bytes, 4, at => (long)BinaryPrimitives.ReadInt32LittleEndian(at))),
        12 => new(shape, Each(bytes, 4, at => (long)BinaryPrimitives.ReadUInt32LittleEndian(at))),
        _ => new(shape, Each(bytes, 8, BinaryPrimitives.ReadInt64LittleEndian)),
    };

    private delegate T Value<T>(ReadOnlySpan<byte> at);

    private static T[] Each<T>(byte[] bytes, int size, Value<T> value)
    {
        var values = new T[bytes.Length / size];
        for (int i = 0; i < values.Length; i++) values[i] = value(bytes.AsSpan(i * size, size));
        return values;
    }

    private static float BFloat16(ushort bits) => BitConverter.UInt32BitsToSingle((uint)bits << 16);

    /// <summary>The bytes of a tensor that stands in a file of its own, which may not lie outside the model's folder.</summary>
    private byte[] External(TensorProto tensor, string label, long expected)
    {
        var entries = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in tensor.ExternalData) entries[entry.Key] = entry.Value;
        if (!entries.TryGetValue("location", out string? location) || location.Length == 0)
        {
            throw new OnnxException($"{label} stands in another file, but the model does not say in which.");
        }

        string root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + Path.DirectorySeparatorChar;
        string path = Path.GetFullPath(Path.Combine(root, location.Replace('\\', Path.DirectorySeparatorChar)));
        if (Path.IsPathRooted(location) || location.Contains('\0', StringComparison.Ordinal) || !path.StartsWith(root, StringComparison.Ordinal))
        {
            throw new OnnxException($"{label}: expected its data in the model's folder, found '{location}'. A file that points elsewhere is not read.");
        }

        if (!File.Exists(path)) throw new OnnxException($"{label}: its data stands in '{location}', which is not beside the model. Copy it there.");
        if (File.ResolveLinkTarget(path, returnFinalTarget: true) is { } target && !Path.GetFullPath(target.FullName).StartsWith(root, StringComparison.Ordinal))
        {
            throw new OnnxException($"{label}: expected its data in the model's folder, but '{location}' is a link to elsewhere.");
        }

        using var file = File.OpenHandle(path);
        long size = RandomAccess.GetLength(file);
        long offset = Number(entries, "offset", 0, label), length = Number(entries, "length", expected, label);
        Expect(label, expected, length, "bytes");
        if (offset > size - length)
        {
            throw new OnnxException(string.Create(CultureInfo.InvariantCulture, $"{label}: expected {length} bytes at {offset} of '{location}', which has {size}."));
        }

        byte[] bytes = new byte[length];
        for (int read = 0; read < bytes.Length;)
        {
            int got = RandomAccess.Read(file, bytes.AsSpan(read), offset + read);
            if (got == 0) throw new OnnxException($"{label}: '{location}' became shorter while it was read.");
            read += got;
        }

        return bytes;
    }

    private static long Number(Dictionary<string, string> entries, string key, long otherwise, string label)
    {
        if (!entries.TryGetValue(key, out string? text)) return otherwise;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value)
            ? value
            : throw new OnnxException($"{label}: expected a whole number as the {key} of its external data, found '{text}'.");
    }

    private static void Expect(string label, long expected, long found, string what)
    {
        if (expected != found) throw new OnnxException(string.Create(CultureInfo.InvariantCulture, $"{label}: expected {expected} {what}, found {found}."));
    }
}
