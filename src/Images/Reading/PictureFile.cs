using System.IO.Compression;

namespace StaticCnn.Images.Reading;

/// <summary>The pictures in a file: one, or those of an IDX file. What a file holds, its first bytes say, not its name.</summary>
internal sealed class PictureFile
{
    private const long LongestFile = 1L << 30;

    private readonly Func<int, Picture> _read;

    private PictureFile(int count, bool isIdx, Func<int, Picture> read) => (Count, IsIdx, _read) = (count, isIdx, read);

    /// <summary>Pictures in the file.</summary>
    public int Count { get; }

    /// <summary>Whether the file is made for several pictures.</summary>
    public bool IsIdx { get; }

    /// <summary>Decodes one of the pictures.</summary>
    /// <exception cref="ImageException">It is damaged.</exception>
    public Picture Read(int index) => _read(index);

    /// <summary>Recognises a file.</summary>
    /// <exception cref="ImageException">Its kind is unknown, or its header is damaged.</exception>
    public static PictureFile Open(byte[] file)
    {
        if (!Starts(file, [0x1F, 0x8B])) return OpenPlain(file);
        byte[] unpacked = Unpack(file);
        return Starts(unpacked, [0x1F, 0x8B]) ? throw Unreadable("it is packed with gzip twice; unpack it once.") : OpenPlain(unpacked);
    }

    /// <summary>All of a stream.</summary>
    /// <exception cref="ImageException">There is more than a picture can have.</exception>
    public static byte[] ReadToEnd(Stream stream)
    {
        var bytes = new MemoryStream(stream.CanSeek ? (int)Math.Min(stream.Length, LongestFile) : 0);
        byte[] chunk = new byte[1 << 16];
        for (int count; (count = stream.Read(chunk)) > 0;)
        {
            if (bytes.Length + count > LongestFile) throw Unreadable(FormattableString.Invariant($"it has more than {LongestFile} bytes, the most that is read."));
            bytes.Write(chunk, 0, count);
        }
        return bytes.ToArray();
    }

    private static PictureFile OpenPlain(byte[] file)
    {
        if (file.Length == 0) throw Unreadable("the file is empty.");
        if (PortableMap.Recognises(file)) return One(() => PortableMap.Read(file));
        if (SkiaDecoder.Recognises(file) is { } format) return One(() => SkiaDecoder.Read(file, format));
        if (Starts(file, [0, 0, 8]) || (IdxFile.IsMagic(file) && file.Length != RawPicture.Length)) return OpenIdx(file);
        if (file.Length == RawPicture.Length) return One(() => RawPicture.Read(file));
        string found = FileKind.Of(file) is { } kind
            ? $"{kind}, which is not read: convert it"
            : FormattableString.Invariant($"{file.Length} bytes that begin with {FileKind.Beginning(file)}");
        throw Unreadable(FormattableString.Invariant($"expected PNG, JPEG, WebP, BMP, GIF, PGM, PBM, PPM, IDX, or {RawPicture.Length} raw bytes; found {found}."));
    }

    private static PictureFile OpenIdx(byte[] file)
    {
        IdxImages images;
        try
        {
            images = IdxFile.ReadImages(new MemoryStream(file, writable: false), "IDX");
        }
        catch (DataException e)
        {
            throw Unreadable(e.Message["IDX: ".Length..]);
        }
        if (images.Shape.Channels is not (1 or 3)) throw Unreadable(FormattableString.Invariant($"expected images of 1 or 3 channels; found {images.Shape.Channels}."));
        Picture.RequireSize(images.Shape.Width, images.Shape.Height);
        return new PictureFile(images.Count, isIdx: true, index => RawPicture.Read(images, index));
    }

    private static PictureFile One(Func<Picture> read) => new(1, isIdx: false, _ => read());

    private static byte[] Unpack(byte[] file)
    {
        try
        {
            using var unpacked = new GZipStream(new MemoryStream(file, writable: false), CompressionMode.Decompress);
            return ReadToEnd(unpacked);
        }
        catch (InvalidDataException)
        {
            throw Unreadable("its gzip data is damaged or was cut short.");
        }
    }

    private static bool Starts(ReadOnlySpan<byte> file, ReadOnlySpan<byte> magic) => file.StartsWith(magic);

    private static ImageException Unreadable(string message) => new(ImageFault.Unreadable, message);
}
