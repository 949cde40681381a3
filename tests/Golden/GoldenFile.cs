using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace StaticCnn.Golden;

/// <summary>One fixture that PyTorch made: the README beside it says what its tensors are.</summary>
public sealed class GoldenFile
{
    private readonly Dictionary<string, (int[] Shape, float[] Values)> _tensors = [];

    private GoldenFile(byte[] file)
    {
        int dataStart = sizeof(long) + (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        using var header = JsonDocument.Parse(file.AsMemory(sizeof(long)..dataStart));
        foreach (var entry in header.RootElement.EnumerateObject().Where(entry => entry.Name != "__metadata__"))
        {
            int[] shape = entry.Value.GetProperty("shape").Deserialize<int[]>()!;
            int[] offsets = entry.Value.GetProperty("data_offsets").Deserialize<int[]>()!;
            var bytes = file.AsSpan(dataStart)[offsets[0]..offsets[1]];
            _tensors.Add(entry.Name, (shape, MemoryMarshal.Cast<byte, float>(bytes).ToArray()));
        }
    }

    /// <summary>Reads a network's fixture, which the project copies beside the test assembly.</summary>
    public static GoldenFile Read(string network) => ReadFile(Path.Combine(AppContext.BaseDirectory, "Golden", $"{network}.safetensors"));

    /// <summary>Reads a file of float32 tensors.</summary>
    public static GoldenFile ReadFile(string path) => new(File.ReadAllBytes(path));

    /// <summary>The names of all tensors.</summary>
    public IReadOnlyCollection<string> Names => _tensors.Keys;

    /// <summary>A tensor's values.</summary>
    public float[] this[string name] => _tensors[name].Values;

    /// <summary>A tensor's only value.</summary>
    public float Scalar(string name) => this[name].Single();

    /// <summary>A tensor's shape.</summary>
    public int[] Shape(string name) => _tensors[name].Shape;

    /// <summary>The parameters' names in PyTorch's order.</summary>
    public IEnumerable<string> ParameterNames =>
        _tensors.Keys.Where(name => name.StartsWith("grad.", StringComparison.Ordinal)).Select(name => name["grad.".Length..]);

    /// <summary>The class of each image.</summary>
    public int[] Labels => Array.ConvertAll(this["labels"], label => (int)label);

    /// <summary>Images of a training step.</summary>
    public int BatchSize => (int)Scalar("batch_size");

    /// <summary>The images and labels of training step 0, 1, ...: consecutive slices, the last one short, round and round.</summary>
    public (ArraySegment<float> Images, ArraySegment<int> Labels) Batch(int step)
    {
        int[] labels = Labels;
        int length = this["images"].Length / labels.Length;
        int start = step % ((labels.Length + BatchSize - 1) / BatchSize) * BatchSize;
        int count = Math.Min(BatchSize, labels.Length - start);
        return (new(this["images"], start * length, count * length), new(labels, start, count));
    }
}
