using System.Buffers.Binary;
using System.IO.Compression;

namespace StaticCnn;

/// <summary>
/// Reads and writes MNIST's file format: a big-endian magic number (2051 for images [n,H,W], 2052 for images
/// [n,C,H,W], 2049 for labels [n]), the sizes as 32-bit numbers, then one byte per pixel or label. Files may be packed with gzip.
/// </summary>
public static class IdxFile
{
    private const int LabelsMagic = 0x801, ImagesMagic = 0x803, ChannelImagesMagic = 0x804;

    /// <summary>Deflate packs 258 bytes into 2 bits at best.</summary>
    private const uint DeflatesBestRatio = 1032;

    private const int FirstChunk = 1 << 20;

    /// <summary>Reads images from a file, packed or not.</summary>
    /// <exception cref="DataException">The file does not hold images, or not as many bytes as it says.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IdxImages ReadImages(string path)
    {
        using var stream = File.OpenRead(path);
        return ReadImages(stream, path);
    }

    /// <summary>Reads labels from a file, packed or not.</summary>
    /// <exception cref="DataException">The file does not hold labels, or not as many bytes as it says.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static byte[] ReadLabels(string path)
    {
        using var stream = File.OpenRead(path);
        return ReadLabels(stream, path);
    }

    /// <summary>Reads images from a seekable stream to its end, packed or not.</summary>
    /// <param name="stream">The file's bytes.</param>
    /// <param name="name">What to call the file in an error.</param>
    /// <exception cref="DataException">The stream does not hold images, or not as many bytes as it says.</exception>
    public static IdxImages ReadImages(Stream stream, string name)
    {
        var (sizes, pixels) = Read(stream, name, "images (2051 or 2052)", ImagesMagic, ChannelImagesMagic);
        var shape = sizes.Length == 4 ? new TensorShape(sizes[1], sizes[2], sizes[3]) : new TensorShape(1, sizes[1], sizes[2]);
        return new IdxImages(pixels, sizes[0], shape);
    }

    /// <summary>Reads labels from a seekable stream to its end, packed or not.</summary>
    /// <param name="stream">The file's bytes.</param>
    /// <param name="name">What to call the file in an error.</param>
    /// <exception cref="DataException">The stream does not hold labels, or not as many bytes as it says.</exception>
    public static byte[] ReadLabels(Stream stream, string name) => Read(stream, name, "labels (2049)", LabelsMagic).Bytes;

    /// <summary>Writes images, [n,H,W] where they have one channel; packed where the name ends in <c>.gz</c>.</summary>
    /// <exception cref="IOException">The file cannot be written; an old file stays as it was.</exception>
    public static void WriteImages(string path, IdxImages images)
    {
        ArgumentNullException.ThrowIfNull(images);
        var shape = images.Shape;
        int[] sizes = shape.Channels == 1
            ? [images.Count, shape.Height, shape.Width]
            : [images.Count, shape.Channels, shape.Height, shape.Width];
        if (images.Pixels.Length != (long)images.Count * shape.Length)
        {
            throw new ArgumentException($"{images.Count} images {shape} have {(long)images.Count * shape.Length} pixels, not {images.Pixels.Length}.", nameof(images));
        }
        Write(path, sizes.Length == 3 ? ImagesMagic : ChannelImagesMagic, sizes, images.Pixels);
    }

    /// <summary>Writes labels; packed where the name ends in <c>.gz</c>.</summary>
    /// <exception cref="IOException">The file cannot be written; an old file stays as it was.</exception>
    public static void WriteLabels(string path, byte[] labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        Write(path, LabelsMagic, [labels.Length], labels);
    }

    /// <summary>Whether a file that begins so is an IDX file, of whatever numbers: two zeros, the type of a value, and how many sizes follow.</summary>
    /// <param name="start">The file's first bytes.</param>
    internal static bool IsMagic(ReadOnlySpan<byte> start) => start is [0, 0, 0x08 or 0x09 or (>= 0x0B and <= 0x0E), >= 1, ..];

    private static (int[] Sizes, byte[] Bytes) Read(Stream stream, string name, string expected, params ReadOnlySpan<int> magics)
    {
        ArgumentNullException.ThrowIfNull(stream);
        long start = stream.Position, length = stream.Length - start;
        bool packed = stream.ReadByte() == 0x1F && stream.ReadByte() == 0x8B; // Whatever the name says.
        stream.Position = start;
        try
        {
            using var unpacked = packed ? new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true) : null;
            var sizes = ReadHeader(unpacked ?? stream, name, expected, magics);
            long header = sizeof(int) * (1 + sizes.Length);
            UInt128 total = 1;
            foreach (uint size in sizes) total *= size;
            string promise = $"{name}: its header promises {string.Join('x', sizes)} = {total} bytes";
            if (total == 0) throw new DataException($"{promise}, expected at least one image or label.");
            if (total > (uint)Array.MaxLength) throw new DataException($"{promise}, more than can be read.");
            if (!packed && total != (UInt128)(length - header)) throw new DataException($"{promise}, but {length - header} follow: the file is damaged or was cut short.");
            if (packed && total > (UInt128)length * DeflatesBestRatio) throw new DataException($"{promise}, more than its {length} bytes can unpack to: the file is damaged.");
            byte[] bytes = ReadBytes(unpacked ?? stream, (int)total, packed ? FirstChunk : (int)total, promise);
            return (Array.ConvertAll(sizes, size => (int)size), bytes);
        }
        catch (InvalidDataException e)
        {
            throw new DataException($"{name}: its gzip data is damaged ({e.Message})", e);
        }
    }

    private static uint[] ReadHeader(Stream stream, string name, string expected, ReadOnlySpan<int> magics)
    {
        Span<byte> start = stackalloc byte[FileKind.Length];
        var bytes = start[..sizeof(uint)];
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length) throw EndsInHeader(name);
        uint magic = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        if (!magics.Contains((int)magic))
        {
            int read = bytes.Length + stream.ReadAtLeast(start[bytes.Length..], start.Length - bytes.Length, throwOnEndOfStream: false);
            string found = IsMagic(bytes) ? $"the magic number {magic}" : FileKind.Describe(start[..read]);
            throw new DataException($"{name}: expected an IDX file of {expected}, found {found}.");
        }
        uint[] sizes = new uint[magic & 0xFF];
        for (int i = 0; i < sizes.Length; i++) sizes[i] = ReadNumber(stream, name);
        return sizes;
    }

    private static uint ReadNumber(Stream stream, string name)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length) throw EndsInHeader(name);
        return BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }

    private static DataException EndsInHeader(string name) => new($"{name}: expected an IDX file, but it ends within its header.");

    /// <summary>Memory grows with what is really read, from <paramref name="chunk"/> bytes on.</summary>
    private static byte[] ReadBytes(Stream stream, int total, int chunk, string promise)
    {
        byte[] bytes = new byte[Math.Min(total, chunk)];
        int filled = 0;
        while (true)
        {
            int count = stream.ReadAtLeast(bytes.AsSpan(filled), bytes.Length - filled, throwOnEndOfStream: false);
            filled += count;
            if (filled < bytes.Length) throw new DataException($"{promise}, but only {filled} follow: the file is damaged or was cut short.");
            if (filled == total) break;
            Array.Resize(ref bytes, (int)Math.Min(total, 2L * filled));
        }
        if (stream.ReadByte() >= 0) throw new DataException($"{promise}, but more follow: the file is damaged.");
        return bytes;
    }

    private static void Write(string path, int magic, int[] sizes, byte[] bytes)
    {
        byte[] header = new byte[sizeof(int) * (1 + sizes.Length)];
        BinaryPrimitives.WriteInt32BigEndian(header, magic);
        for (int i = 0; i < sizes.Length; i++) BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(sizeof(int) * (i + 1)), sizes[i]);
        AtomicFile.Write(path, file =>
        {
            bool pack = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
            using var stream = pack ? new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true) : null;
            (stream ?? file).Write(header);
            (stream ?? file).Write(bytes);
        });
    }
}
