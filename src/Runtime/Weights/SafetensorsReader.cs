using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace StaticCnn;

/// <summary>Reads a network's parameters in the safetensors format, as PyTorch or <see cref="SafetensorsWriter"/> wrote them.</summary>
internal static class SafetensorsReader
{
    private const int NamesListed = 10;

    /// <summary>Reads from bytes; nothing is stored unless all of it fits.</summary>
    public static void Read(ReadOnlySpan<byte> file, ParameterStore store)
    {
        int length = SafetensorsHeader.Length(file, file.Length);
        var data = file[(SafetensorsHeader.PrefixLength + length)..];
        var header = SafetensorsHeader.Parse(file.Slice(SafetensorsHeader.PrefixLength, length), data.Length);
        long[] offsets = Locate(header, store);
        for (int index = 0; index < offsets.Length; index++)
        {
            var rest = data[(int)offsets[index]..];
            if (store.Infos[index].IsCount)
            {
                store.Row(index, 0)[0] = BinaryPrimitives.ReadInt64LittleEndian(rest);
                continue;
            }
            for (int row = 0; row < store.Infos[index].Rows; row++)
            {
                var target = MemoryMarshal.AsBytes(store.Row(index, row));
                rest[..target.Length].CopyTo(target);
                rest = rest[target.Length..];
            }
        }
    }

    /// <summary>Reads from a file, straight into the store, and returns its metadata; nothing is stored unless the header fits.</summary>
    public static IReadOnlyDictionary<string, string> Read(string path, ParameterStore store)
    {
        using var file = File.OpenHandle(path, options: FileOptions.SequentialScan);
        long fileLength = RandomAccess.GetLength(file);
        Span<byte> prefix = stackalloc byte[SafetensorsHeader.PrefixLength];
        int read = RandomAccess.Read(file, prefix, 0);
        byte[] bytes = new byte[SafetensorsHeader.Length(prefix[..read], fileLength)];
        long start = SafetensorsHeader.PrefixLength + bytes.Length;
        Fill(bytes, SafetensorsHeader.PrefixLength);
        var header = SafetensorsHeader.Parse(bytes, fileLength - start);
        long[] offsets = Locate(header, store);
        for (int index = 0; index < offsets.Length; index++)
        {
            long position = start + offsets[index];
            if (store.Infos[index].IsCount)
            {
                byte[] number = new byte[sizeof(long)];
                Fill(number, position);
                store.Row(index, 0)[0] = BinaryPrimitives.ReadInt64LittleEndian(number);
                continue;
            }
            for (int row = 0; row < store.Infos[index].Rows; row++)
            {
                var target = MemoryMarshal.AsBytes(store.Row(index, row));
                Fill(target, position);
                position += target.Length;
            }
        }
        return header.Metadata;

        void Fill(Span<byte> target, long position)
        {
            while (target.Length > 0)
            {
                int count = RandomAccess.Read(file, target, position);
                if (count == 0) throw new WeightsException($"The file ended at byte {position}: it changed while it was read.");
                target = target[count..];
                position += count;
            }
        }
    }

    /// <summary>Where the data of each of the store's parameters begins.</summary>
    private static long[] Locate(SafetensorsHeader header, ParameterStore store)
    {
        string wrapper = Wrapper(header, store);
        var found = header.Entries.ToDictionary(entry => entry.Name[wrapper.Length..]);
        var problems = new List<string>();
        long[] offsets = new long[store.Infos.Length];
        var missing = new List<string>();
        for (int index = 0; index < offsets.Length; index++)
        {
            var info = store.Infos[index];
            string expected = $"{info.Name} {SafetensorsHeader.Text(info.Shape)}";
            if (!found.Remove(info.Name, out var entry))
            {
                missing.Add(expected);
            }
            else if (!entry.Shape.AsSpan().SequenceEqual(Array.ConvertAll(info.Shape.ToArray(), size => (long)size)))
            {
                problems.Add($"expected {expected}, found {SafetensorsHeader.Text(entry.Shape)}");
            }
            else if (entry.DataType != (info.IsCount ? "I64" : "F32"))
            {
                problems.Add($"expected {info.Name} as {(info.IsCount ? "I64" : "F32")}, found {entry.DataType}{(info.IsCount ? "" : " (convert it to float32 before saving)")}");
            }
            else
            {
                offsets[index] = entry.Begin;
            }
        }
        if (missing.Count > 0) problems.Add($"missing {List(missing)}");
        if (found.Count > 0) problems.Add($"unexpected {List([.. found.Values.Select(e => $"{e.Name} {SafetensorsHeader.Text(e.Shape)}")])}");
        if (problems.Count == 0) return offsets;
        if (wrapper.Length > 0) problems.Add($"all names begin with '{wrapper}', which was left out");
        throw new WeightsException($"These are not the parameters of {store.Model}: {string.Join("; ", problems)}.");
    }

    /// <summary>
    /// What all names begin with, such as <c>module.</c> of PyTorch's DataParallel, <c>_orig_mod.</c> of torch.compile or <c>model.</c> of a class around the
    /// network; nothing, where a name is one of the network's as it stands.
    /// </summary>
    private static string Wrapper(SafetensorsHeader header, ParameterStore store)
    {
        if (header.Entries.Count == 0 || IsKnown("")) return "";
        string first = header.Entries[0].Name;
        for (int dot = first.IndexOf('.'); dot >= 0; dot = first.IndexOf('.', dot + 1))
        {
            string wrapper = first[..(dot + 1)];
            if (!header.Entries.TrueForAll(entry => entry.Name.StartsWith(wrapper, StringComparison.Ordinal))) return "";
            if (IsKnown(wrapper)) return wrapper;
        }
        return "";

        bool IsKnown(string wrapper) => header.Entries.Exists(entry => store.Infos.Any(info => entry.Name.Length == wrapper.Length + info.Name.Length
            && entry.Name.EndsWith(info.Name, StringComparison.Ordinal)));
    }

    private static string List(List<string> names)
    {
        names.Sort(StringComparer.Ordinal);
        string listed = string.Join(", ", names.Take(NamesListed));
        return names.Count <= NamesListed ? listed : $"{listed} and {names.Count - NamesListed} more";
    }
}
