using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace StaticCnn;

/// <summary>
/// Writes parameters in the safetensors format: an 8-byte little-endian header length, a JSON header padded with
/// spaces to a multiple of 8, and the values as little-endian floats, one parameter after the other.
/// </summary>
internal static class SafetensorsWriter
{
    /// <summary>Entries of the metadata that every file has.</summary>
    public static IReadOnlyList<string> OwnKeys { get; } = [FormatKey, ModelKey];

    private const string FormatKey = "format", ModelKey = "model";

    /// <summary>The same parameters and metadata give the same bytes.</summary>
    public static void Write(Stream stream, ParameterStore store, IReadOnlyDictionary<string, string>? metadata)
    {
        var header = Header(store, metadata);
        Span<byte> prefix = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(prefix, (ulong)header.WrittenCount);
        stream.Write(prefix);
        stream.Write(header.WrittenSpan);
        for (int index = 0; index < store.Infos.Length; index++)
        {
            if (store.Infos[index].IsCount)
            {
                BinaryPrimitives.WriteInt64LittleEndian(prefix, (long)store.Row(index, 0)[0]);
                stream.Write(prefix);
                continue;
            }
            for (int row = 0; row < store.Infos[index].Rows; row++)
            {
                stream.Write(MemoryMarshal.AsBytes(store.Row(index, row)));
            }
        }
    }

    private static ArrayBufferWriter<byte> Header(ParameterStore store, IReadOnlyDictionary<string, string>? metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject(SafetensorsHeader.MetadataKey);
            foreach (var (key, value) in AllMetadata(store, metadata)) json.WriteString(key, value);
            json.WriteEndObject();

            long offset = 0;
            foreach (var info in store.Infos)
            {
                json.WriteStartObject(info.Name);
                json.WriteString("dtype", info.IsCount ? "I64" : "F32");
                json.WriteStartArray("shape");
                foreach (int size in info.Shape) json.WriteNumberValue(size);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(offset += (long)info.Count * (info.IsCount ? sizeof(long) : sizeof(float)));
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        int padding = -buffer.WrittenCount & 7;
        buffer.GetSpan(padding)[..padding].Fill((byte)' ');
        buffer.Advance(padding);
        return buffer;
    }

    private static SortedDictionary<string, string> AllMetadata(
        ParameterStore store, IReadOnlyDictionary<string, string>? metadata)
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [FormatKey] = "pt",
            [ModelKey] = store.Model,
        };
        foreach (var (key, value) in metadata ?? new Dictionary<string, string>())
        {
            if (!all.TryAdd(key, value)) throw new ArgumentException($"The metadata key '{key}' is set by the writer.", nameof(metadata));
        }
        return all;
    }
}
