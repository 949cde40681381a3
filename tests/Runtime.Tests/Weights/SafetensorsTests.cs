using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CsCheck;

namespace StaticCnn.Tests;

public class SafetensorsTests
{
    private const string Entry = """{"dtype":"F32","shape":[2],"data_offsets":[0,8]}""";

    private static ParameterStore Small() => SampleParameters.Store(("a", [2], 1), ("b", [1, 3], 1));

    private static byte[] FileOf(string header, int dataLength)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        byte[] file = new byte[8 + json.Length + dataLength];
        BinaryPrimitives.WriteInt64LittleEndian(file, json.Length);
        json.CopyTo(file, 8);
        return file;
    }

    private static string Saved(ParameterStore store, TemporaryFolder folder, IReadOnlyDictionary<string, string>? metadata = null)
    {
        string path = folder.File("deeper/weights.safetensors");
        store.Save(path, metadata);
        return path;
    }

    [Fact]
    public void Saved_and_loaded_parameters_are_the_same()
    {
        using var folder = new TemporaryFolder();
        var store = SampleParameters.Store();
        store.Initialize(3);
        store.Set(1, [float.NaN, float.NegativeInfinity, -0f]);
        string path = Saved(store, folder);

        var fromFile = SampleParameters.Store();
        fromFile.Load(path);
        var fromBytes = SampleParameters.Store();
        fromBytes.Load(File.ReadAllBytes(path));
        for (int i = 0; i < store.Length; i++)
        {
            Assert.Equal(BitConverter.SingleToInt32Bits(store.At(i)), BitConverter.SingleToInt32Bits(fromFile.At(i)));
            Assert.Equal(BitConverter.SingleToInt32Bits(store.At(i)), BitConverter.SingleToInt32Bits(fromBytes.At(i)));
        }
        Assert.Equal([Path.GetFileName(path)], Directory.GetFiles(Path.GetDirectoryName(path)!).Select(Path.GetFileName));
    }

    [Fact]
    public void The_file_is_aligned_deterministic_and_hashed_as_it_is()
    {
        using var folder = new TemporaryFolder();
        var store = SampleParameters.Store();
        store.Initialize(3);
        byte[] bytes = File.ReadAllBytes(Saved(store, folder));
        int header = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        Assert.Equal(0, header % 8);
        Assert.Equal(8 + header + 4 * store.Infos.Sum(info => info.Count), bytes.Length);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), store.ContentHash());

        using var json = JsonDocument.Parse(bytes.AsMemory(8, header));
        Assert.Equal("pt", json.RootElement.GetProperty("__metadata__").GetProperty("format").GetString());
        Assert.Equal("Sample", json.RootElement.GetProperty("__metadata__").GetProperty("model").GetString());
        Assert.Equal("[5,37]", json.RootElement.GetProperty("fc1.weight").GetProperty("shape").GetRawText());
    }

    [Fact]
    public void Metadata_does_not_depend_on_its_order()
    {
        using var folder = new TemporaryFolder();
        var store = Small();
        byte[] first = File.ReadAllBytes(Saved(store, folder, new Dictionary<string, string> { ["x"] = "1", ["epoch"] = "é\"" }));
        byte[] second = File.ReadAllBytes(Saved(store, folder, new Dictionary<string, string> { ["epoch"] = "é\"", ["x"] = "1" }));
        Assert.Equal(first, second);
        store.Load(first);
        Assert.Throws<ArgumentException>(() => Saved(store, folder, new Dictionary<string, string> { ["model"] = "other" }));
        Assert.Equal(first, File.ReadAllBytes(folder.File("deeper/weights.safetensors")));
    }

    [Fact]
    public void Another_networks_weights_are_refused_with_every_difference_named()
    {
        using var folder = new TemporaryFolder();
        string path = Saved(SampleParameters.Store(("fc1.weight", [128, 784], 1), ("fc3.bias", [7], 1)), folder);
        var store = SampleParameters.Store(("fc1.weight", [128, 1568], 1), ("fc1.bias", [128], 1));
        var error = Assert.Throws<WeightsException>(() => store.Load(path));
        Assert.StartsWith(path, error.Message);
        Assert.Contains("expected fc1.weight [128,1568], found [128,784]", error.Message);
        Assert.Contains("missing fc1.bias [128]", error.Message);
        Assert.Contains("unexpected fc3.bias [7]", error.Message);
        Assert.Equal(0, store.At(0));
    }

    /// <summary>What DataParallel, torch.compile and a class around the network put before all names, alone and one before another.</summary>
    [Theory]
    [InlineData("module.")]
    [InlineData("_orig_mod.")]
    [InlineData("model.")]
    [InlineData("module._orig_mod.")]
    public void What_PyTorch_puts_before_all_names_of_a_wrapped_network_is_left_out(string wrapper)
    {
        using var folder = new TemporaryFolder();
        var saved = SampleParameters.Store((wrapper + "conv1.weight", [4], 1), (wrapper + "conv1.bias", [2], 1));
        saved.Initialize(3);
        var store = SampleParameters.Store(("conv1.weight", [4], 1), ("conv1.bias", [2], 1));
        store.Load(Saved(saved, folder));
        float[] expected = new float[4], found = new float[4];
        saved.Get(0, expected);
        store.Get(0, found);
        Assert.Equal(expected, found);

        var other = SampleParameters.Store(("conv1.weight", [4], 1), ("conv1.bias", [3], 1));
        string problem = Assert.Throws<WeightsException>(() => other.Load(folder.File("deeper/weights.safetensors"))).Message;
        Assert.Contains($"expected conv1.bias [3], found [2]; all names begin with '{wrapper}', which was left out", problem);
    }

    [Fact]
    public void Names_that_only_partly_begin_alike_are_taken_as_they_are()
    {
        using var folder = new TemporaryFolder();
        string path = Saved(SampleParameters.Store(("module.a", [2], 1), ("b", [1, 3], 1)), folder);
        Assert.Contains("missing a [2]; unexpected module.a [2]", Assert.Throws<WeightsException>(() => Small().Load(path)).Message);
    }

    [Theory]
    [InlineData("PK\u0003\u0004\0\0\u0008\u0008", "a zip archive, as NumPy's .npz and PyTorch's .pt are. Save the weights as safetensors")]
    [InlineData("<!DOCTYPE html><html></html>", "a web page (HTML)")]
    [InlineData("version https://git-lfs.github.com/spec/v1", "a text, as Git LFS leaves it")]
    public void A_file_of_another_kind_is_called_by_its_name(string text, string kind) =>
        Assert.Contains($"it begins as {kind}", Assert.Throws<WeightsException>(() => Small().Load(Encoding.Latin1.GetBytes(text))).Message);

    [Fact]
    public void Other_data_types_are_refused_by_name()
    {
        byte[] file = FileOf("""{"a":{"dtype":"F16","shape":[2],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1,3],"data_offsets":[4,16]}}""", 16);
        Assert.Contains("expected a as F32, found F16", Assert.Throws<WeightsException>(() => Small().Load(file)).Message);
    }

    [Fact]
    public void Tensors_may_stand_in_any_order()
    {
        byte[] file = FileOf("""{"b":{"data_offsets":[0,12],"shape":[1,3],"dtype":"F32"},"a":{"dtype":"F32","shape":[2],"data_offsets":[12,20]}}  """, 20);
        BinaryPrimitives.WriteSingleLittleEndian(file.AsSpan(file.Length - 8), 5);
        var store = Small();
        store.Load(file);
        Assert.Equal(5, store.At(store.Infos[0].Offset));
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("[]", 0)]
    [InlineData("{", 0)]
    [InlineData("{}{}", 0)]
    [InlineData("{}", 8)]
    [InlineData("""{"a":1}""", 0)]
    [InlineData("""{"a":{}}""", 0)]
    [InlineData("""{"__metadata__":{"x":1}}""", 0)]
    [InlineData("""{"__metadata__":[]}""", 0)]
    [InlineData("""{"a":""" + Entry + ""","a":""" + Entry + "}", 8)]
    [InlineData("""{"a":""" + Entry + "}", 7)]
    [InlineData("""{"a":""" + Entry + "}", 9)]
    [InlineData("""{"a":""" + Entry + ""","b":{"dtype":"F32","shape":[1,3],"data_offsets":[4,16]}}""", 16)]
    [InlineData("""{"a":""" + Entry + ""","b":{"dtype":"F32","shape":[1,3],"data_offsets":[12,24]}}""", 24)]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 8)]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}""", 8)]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8,8]}}""", 8)]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8)]
    [InlineData("""{"a":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}}""", 8)]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387905,4],"data_offsets":[0,8]}}""", 8)]
    [InlineData("""{"a":{"dtype":"F32","shape":[9223372036854775807,9223372036854775807,9223372036854775807],"data_offsets":[0,8]}}""", 8)]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,99999999999999999999]}}""", 8)]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"more":[]}}""", 8)]
    public void Malformed_headers_are_refused(string header, int dataLength)
    {
        byte[] file = FileOf(header, dataLength);
        using var folder = new TemporaryFolder();
        string path = folder.File("bad.safetensors");
        File.WriteAllBytes(path, file);
        Assert.Contains("not a safetensors file", Assert.Throws<WeightsException>(() => Small().Load(file)).Message);
        Assert.Contains("not a safetensors file", Assert.Throws<WeightsException>(() => Small().Load(path)).Message);
    }

    [Theory]
    [InlineData(0, 0UL)]
    [InlineData(7, 0UL)]
    [InlineData(8, 1UL)]
    [InlineData(100, ulong.MaxValue)]
    [InlineData(100, 1UL << 40)]
    [InlineData(100, 93UL)]
    public void Absurd_header_lengths_are_refused(int fileLength, ulong headerLength)
    {
        byte[] file = new byte[fileLength];
        if (fileLength >= 8) BinaryPrimitives.WriteUInt64LittleEndian(file, headerLength);
        Assert.Throws<WeightsException>(() => Small().Load(file));
    }

    [Fact]
    public void Damaged_files_give_a_WeightsException_or_load()
    {
        using var folder = new TemporaryFolder();
        byte[] good = File.ReadAllBytes(Saved(Small(), folder));
        Gen.Select(Gen.Int[0, good.Length - 1], Gen.Byte, Gen.Int[0, good.Length]).Sample((position, value, length) =>
        {
            byte[] bad = [.. good.AsSpan(0, length)];
            if (position < length) bad[position] = value;
            try
            {
                Small().Load(bad);
            }
            catch (WeightsException)
            {
            }
        });
    }
}
