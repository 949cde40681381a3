using System.Buffers.Binary;
using System.Text;

namespace StaticCnn.Fuzz.Targets;

/// <summary>safetensors: weights, and the state of a training as checkpoints hold it.</summary>
internal static class WeightsTargets
{
    private const string First = """{"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1,3],"data_offsets":[8,20]}}""";
    private const string Bare = """{"b":{"dtype":"F32","shape":[1,3],"data_offsets":[0,12]},"a":{"dtype":"F32","shape":[2],"data_offsets":[12,20]}} """;

    private static readonly string[] JsonWords =
    [
        "\"dtype\"", "\"shape\"", "\"data_offsets\"", "\"F32\"", "\"F16\"", "\"__metadata__\"", "[", "]", "{", "}", ",", ":", "-1", "0", "9223372036854775807",
        "18446744073709551616", "1e999", "null", "true", "\"\\u0000\"", "\"\\ud800\"", "\"a\"", "\"b\"", "\"step\"", "[[[[[[[[", "{\"a\":{", "\\", "\"",
    ];

    // A file beside the memory, where there is such a place: each execution writes one.
    private static readonly string StateFile = Path.Combine(
        Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"staticcnn-fuzz-{Environment.ProcessId}.safetensors");

    public static FuzzTarget Weights => new("weights", 25, [File(First, 20), File(Bare, 20)], input => Store().Load(input))
    {
        Answers = [typeof(WeightsException)],
        Words = JsonWords,
        Close = FitHeader,
    };

    public static FuzzTarget State => new("state", 6, [Saved()], ReadState)
    {
        Answers = [typeof(WeightsException)],
        Words = [.. JsonWords, "\"a.exp_avg\"", "\"a.exp_avg_sq\""],
        Close = FitHeader,
    };

    private static ParameterStore Store() => new("Fuzzed", [new("a", [2], 1, 0, 1, 16), new("b", [1, 3], 1, 16, 1, 16)]);

    private static byte[] File(string header, int data)
    {
        byte[] file = new byte[8 + header.Length + data];
        Encoding.UTF8.GetBytes(header, file.AsSpan(8));
        return FitHeader(file);
    }

    /// <summary>The header's length becomes that of the text up to its last brace, so that what follows is read, too.</summary>
    private static byte[] FitHeader(byte[] file)
    {
        if (file.Length < 8) return file;
        BinaryPrimitives.WriteInt64LittleEndian(file, Math.Max(0, Array.LastIndexOf(file, (byte)'}') + 1 - 8));
        return file;
    }

    private static byte[] Saved()
    {
        var store = Store();
        float[] moments = new float[store.Length];
        TrainerState.Save(StateFile, store, moments, moments, 3);
        return System.IO.File.ReadAllBytes(StateFile);
    }

    private static void ReadState(byte[] input)
    {
        System.IO.File.WriteAllBytes(StateFile, input);
        try
        {
            var store = Store();
            TrainerState.Load(StateFile, store, new float[store.Length], new float[store.Length], out _);
        }
        finally
        {
            System.IO.File.Delete(StateFile);
        }
    }
}
