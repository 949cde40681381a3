using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;

namespace StaticCnn;

/// <summary>One tensor as a safetensors header describes it; the offsets count bytes from the end of the header.</summary>
internal sealed record SafetensorsEntry(string Name, string DataType, long[] Shape, long Begin, long End);

/// <summary>
/// Reads and checks a safetensors header. The header is not trusted: whatever it says is checked against the bytes
/// that are there, and nothing is allocated by its figures.
/// </summary>
/// <param name="Entries">The tensors, in the order of their data.</param>
/// <param name="Metadata">The file's <c>__metadata__</c>.</param>
internal sealed record SafetensorsHeader(List<SafetensorsEntry> Entries, Dictionary<string, string> Metadata)
{
    public const string MetadataKey = "__metadata__";

    /// <summary>Bytes before the header.</summary>
    public const int PrefixLength = sizeof(ulong);

    /// <summary>Far more than the header of a network that can be compiled needs.</summary>
    private const int LongestHeader = 1 << 24;

    /// <summary>The header's length, read from the first bytes of a file of <paramref name="fileLength"/> bytes.</summary>
    public static int Length(ReadOnlySpan<byte> prefix, long fileLength)
    {
        if (prefix.Length < PrefixLength) throw Malformed($"it has {fileLength} bytes, fewer than the {PrefixLength} of a header's length");
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        ulong rest = (ulong)fileLength - PrefixLength;
        if (length > rest && FileKind.Of(prefix) is { } kind)
        {
            throw Malformed($"it begins as {kind}. Save the weights as safetensors, in PyTorch with safetensors.torch.save_file");
        }
        if (length > rest) throw Malformed($"its header should have {length} bytes, but only {rest} follow");
        if (length > LongestHeader) throw Malformed($"its header of {length} bytes is longer than the {LongestHeader} supported");
        return (int)length;
    }

    /// <summary>A header that describes exactly <paramref name="dataLength"/> bytes.</summary>
    public static SafetensorsHeader Parse(ReadOnlySpan<byte> json, long dataLength)
    {
        SafetensorsHeader header;
        try
        {
            header = Read(json);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new WeightsException($"This is not a safetensors file: its header is not the JSON expected ({e.Message})", e);
        }
        CheckLayout(header.Entries, dataLength);
        return header;
    }

    private static SafetensorsHeader Read(ReadOnlySpan<byte> json)
    {
        var metadata = new Dictionary<string, string>();
        var entries = new List<SafetensorsEntry>();
        var names = new HashSet<string>();
        var reader = new Utf8JsonReader(json);
        Expect(ref reader, JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            if (!names.Add(name)) throw Malformed($"its header describes '{name}' twice");
            if (name == MetadataKey) ReadMetadata(ref reader, metadata);
            else entries.Add(ReadEntry(ref reader, name));
        }
        if (reader.Read()) throw Malformed("its header goes on after its JSON object");
        return new SafetensorsHeader(entries, metadata);
    }

    private static SafetensorsEntry ReadEntry(ref Utf8JsonReader reader, string name)
    {
        string? dataType = null;
        List<long>? shape = null, offsets = null;
        Expect(ref reader, JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("dtype"))
            {
                Expect(ref reader, JsonTokenType.String);
                dataType = reader.GetString();
            }
            else if (reader.ValueTextEquals("shape"))
            {
                shape = ReadNumbers(ref reader);
            }
            else if (reader.ValueTextEquals("data_offsets"))
            {
                offsets = ReadNumbers(ref reader);
            }
            else
            {
                throw Malformed($"the header of '{name}' has an unknown key '{reader.GetString()}'");
            }
        }
        if (dataType is null || shape is null || offsets is not [long begin, long end])
        {
            throw Malformed($"the header of '{name}' lacks one of dtype, shape and two data_offsets");
        }
        return new SafetensorsEntry(name, dataType, [.. shape], begin, end);
    }

    private static List<long> ReadNumbers(ref Utf8JsonReader reader)
    {
        var numbers = new List<long>();
        Expect(ref reader, JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out long number) || number < 0)
            {
                throw Malformed("its header has something else where a size or an offset should be");
            }
            numbers.Add(number);
        }
        return numbers;
    }

    private static void ReadMetadata(ref Utf8JsonReader reader, Dictionary<string, string> metadata)
    {
        Expect(ref reader, JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = reader.GetString()!;
            Expect(ref reader, JsonTokenType.String);
            metadata[key] = reader.GetString()!;
        }
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (!reader.Read() || reader.TokenType != type) throw Malformed($"its header has {reader.TokenType} where {type} was expected");
    }

    /// <summary>The data must follow each other without gap or overlap, from the header's end to the file's.</summary>
    private static void CheckLayout(List<SafetensorsEntry> entries, long dataLength)
    {
        entries.Sort((a, b) => (a.Begin, a.End).CompareTo((b.Begin, b.End)));
        long position = 0;
        foreach (var entry in entries)
        {
            if (entry.Begin != position || entry.End < entry.Begin || entry.End > dataLength)
            {
                throw Malformed($"the data of '{entry.Name}' should begin at {position} and end by {dataLength}, "
                    + $"but its offsets are {entry.Begin} to {entry.End}");
            }
            if (entry.DataType == "F32" && ByteCount(entry.Shape) != entry.End - entry.Begin)
            {
                throw Malformed($"'{entry.Name}' {Text(entry.Shape)} does not fit its {entry.End - entry.Begin} bytes of data");
            }
            position = entry.End;
        }
        if (position != dataLength) throw Malformed($"its header describes {position} bytes of data, but {dataLength} follow");
    }

    /// <summary>Bytes of a float tensor; -1 where there are more than can be counted.</summary>
    private static long ByteCount(long[] shape)
    {
        UInt128 count = sizeof(float);
        if (shape.Contains(0)) return 0;
        foreach (long size in shape)
        {
            count *= (ulong)size;
            if (count > long.MaxValue) return -1;
        }
        return (long)count;
    }

    /// <summary><c>[128,1568]</c>.</summary>
    public static string Text<T>(IEnumerable<T> shape) =>
        $"[{string.Join(',', shape.Select(size => Convert.ToString(size, CultureInfo.InvariantCulture)))}]";

    private static WeightsException Malformed(string problem) => new($"This is not a safetensors file: {problem}.");
}
