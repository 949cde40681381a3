using StaticCnn.Onnx.Schema;

namespace Onnx.Tests;

/// <summary>The standard's own test cases, which Debian packages as libonnx-testdata: a folder each, with a model, its inputs and its outputs.</summary>
internal static class BackendCases
{
    private const string Folder = "/usr/share/libonnx-testdata/data";

    public const string HowToGet = "The ONNX standard's test cases are not on this machine. Debian has them: apt-get install libonnx-testdata.";

    public static bool Exist => Directory.Exists(Folder);

    /// <summary>The cases' folders, relative, in order.</summary>
    public static IEnumerable<string> Names => Exist
        ? new[] { "node", "pytorch-converted", "pytorch-operator" }.SelectMany(kind => Directory.GetDirectories(Path.Combine(Folder, kind)))
            .Select(path => Path.GetRelativePath(Folder, path)).Order(StringComparer.Ordinal)
        : [];

    public static string Model(string name) => Path.Combine(Folder, name, "model.onnx");

    /// <summary>The values of "input" or "output" of the case's first set of data.</summary>
    public static List<TensorProto> Values(string name, string kind)
    {
        var values = new List<TensorProto>();
        for (int i = 0; ; i++)
        {
            string path = Path.Combine(Folder, name, "test_data_set_0", FormattableString.Invariant($"{kind}_{i}.pb"));
            if (!File.Exists(path)) return values;
            values.Add(TensorProto.Parser.ParseFrom(File.ReadAllBytes(path)));
        }
    }

    /// <summary>The file as it stands, without any check.</summary>
    public static ModelProto Raw(string name) => ModelProto.Parser.ParseFrom(File.ReadAllBytes(Model(name)));
}
