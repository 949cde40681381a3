using System.Buffers.Binary;
using System.IO.Compression;

namespace StaticCnn.Tests;

public class IdxFileTests
{
    private static byte[] Idx(uint[] header, int bytes)
    {
        byte[] file = new byte[4 * header.Length + bytes];
        for (int i = 0; i < header.Length; i++) BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(4 * i), header[i]);
        for (int i = 0; i < bytes; i++) file[4 * header.Length + i] = (byte)(7 * i);
        return file;
    }

    private static byte[] Gzip(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var stream = new GZipStream(packed, CompressionLevel.Fastest)) stream.Write(bytes);
        return packed.ToArray();
    }

    private static IdxImages ReadImages(byte[] file) => IdxFile.ReadImages(new MemoryStream(file), "digits");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Images_with_and_without_channels_are_read_packed_and_plain(bool packed)
    {
        byte[] grey = Idx([0x803, 5, 4, 3], 60), colour = Idx([0x804, 2, 3, 5, 2], 60);
        var read = ReadImages(packed ? Gzip(grey) : grey);
        Assert.Equal((5, new TensorShape(1, 4, 3)), (read.Count, read.Shape));
        Assert.Equal(grey[16..], read.Pixels);
        read = ReadImages(packed ? Gzip(colour) : colour);
        Assert.Equal((2, new TensorShape(3, 5, 2)), (read.Count, read.Shape));
        Assert.Equal(colour[20..], read.Pixels);
    }

    [Fact]
    public void More_than_a_chunk_of_packed_data_is_read_whole()
    {
        byte[] file = Idx([0x803, 3000, 28, 28], 3000 * 28 * 28);
        Assert.Equal(file[16..], ReadImages(Gzip(file)).Pixels);
    }

    [Theory]
    [InlineData("images", 1)]
    [InlineData("images.gz", 1)]
    [InlineData("images.gz", 3)]
    public void What_is_written_is_read_again(string name, int channels)
    {
        using var folder = new TemporaryFolder();
        var images = new IdxImages(Idx([], 2 * channels * 20), 2, new TensorShape(channels, 4, 5));
        IdxFile.WriteImages(folder.File(name), images);
        IdxFile.WriteLabels(folder.File("labels.gz"), [3, 1]);
        var read = IdxFile.ReadImages(folder.File(name));
        Assert.Equal(images.Pixels, read.Pixels);
        Assert.Equal(images.Shape, read.Shape);
        Assert.Equal([3, 1], IdxFile.ReadLabels(folder.File("labels.gz")));
        Assert.Equal(name.EndsWith(".gz", StringComparison.Ordinal), File.ReadAllBytes(folder.File(name)).AsSpan().StartsWith([(byte)0x1F, (byte)0x8B]));
    }

    public static TheoryData<byte[], string> Damaged => new()
    {
        { [], "ends within its header" },
        { [0x1F], "ends within its header" },
        { Idx([0x803, 1, 2], 0), "ends within its header" },
        { Idx([0x801, 4], 4), "expected an IDX file of images (2051 or 2052), found the magic number 2049" },
        { Idx([0x803, 2, 4, 3], 23), "promises 2x4x3 = 24 bytes, but 23 follow" },
        { Idx([0x803, 2, 4, 3], 25), "promises 2x4x3 = 24 bytes, but 25 follow" },
        { Idx([0x803, 0, 4, 3], 0), "at least one image" },
        { Idx([0x803, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF], 9), "more than can be read" },
        { Idx([0x804, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF], 9), "more than can be read" },
        { Idx([0x803, 1 << 20, 1 << 5, 1 << 5], 9), "but 9 follow" },
        { Gzip(Idx([0x803, 2, 4, 3], 23)), "but only 23 follow" },
        { Gzip(Idx([0x803, 2, 4, 3], 25)), "but more follow" },
        { Gzip(Idx([0x803, 1 << 20, 1 << 5, 1 << 5], 9)), "can unpack to" },
        { [.. "<!DOCTYPE html><html>"u8], "expected an IDX file of images (2051 or 2052), found a web page (HTML)." },
        { Gzip([.. "PK\u0003\u0004archive"u8]), "found a zip archive, as NumPy's .npz" },
        { Gzip([.. "7,0,0,255\n"u8]), "found a file that begins with '7,0,0,25'." },
        { [0, 0, 1, 0, 1, 0], "found an icon (ICO)." },
        { [0x1F, 0x8B, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10], "gzip data is damaged" },
    };

    [Theory]
    [MemberData(nameof(Damaged))]
    public void Damaged_files_are_named_with_what_was_expected(byte[] file, string message)
    {
        var error = Assert.Throws<DataException>(() => ReadImages(file));
        Assert.StartsWith("digits: ", error.Message);
        Assert.Contains(message, error.Message);
    }

    [Fact]
    public void Packed_files_cut_short_or_altered_are_refused()
    {
        byte[] packed = Gzip(Idx([0x803, 20, 28, 28], 20 * 28 * 28));
        Assert.Throws<DataException>(() => ReadImages(packed[..(packed.Length / 2)]));
        packed[^6] ^= 1; // The checksum.
        Assert.Throws<DataException>(() => ReadImages(packed));
    }

    [Fact]
    public void Labels_must_be_labels() =>
        Assert.Contains("expected an IDX file of labels", Assert.Throws<DataException>(
            () => IdxFile.ReadLabels(new MemoryStream(Idx([0x803, 1, 1, 1], 1)), "x")).Message);

    /// <summary>Another program cuts the file short, or adds to it, after its length was asked for.</summary>
    [Theory]
    [InlineData(-3, "but only 21 follow")]
    [InlineData(5, "but more follow")]
    public void A_file_that_changes_while_it_is_read_is_damaged_and_no_more(int change, string reason)
    {
        byte[] file = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, .. new byte[24 + change]];
        using var stream = new ChangedStream(file, length: 16 + 24);
        Assert.Contains(reason, Assert.Throws<DataException>(() => IdxFile.ReadImages(stream, "file")).Message, StringComparison.Ordinal);
    }

    private sealed class ChangedStream(byte[] bytes, long length) : MemoryStream(bytes)
    {
        public override long Length { get; } = length;
    }
}
