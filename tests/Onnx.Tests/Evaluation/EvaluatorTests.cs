using StaticCnn.Golden;
using StaticCnn.Onnx;
using StaticCnn.Onnx.Evaluation;

namespace Onnx.Tests.Evaluation;

public sealed class EvaluatorTests
{
    /// <summary>The tolerances of the standard's own runner.</summary>
    private const double Relative = 1e-3, Absolute = 1e-7;

    /// <summary>Cases of operators that the evaluator knows by name, which use them in a way that it refuses, and why.</summary>
    private static string? Refusal(string name) => name switch
    {
        _ when name.Contains("batchnorm_", StringComparison.Ordinal) && name.EndsWith("_training_mode", StringComparison.Ordinal) => "form of inference",
        _ when name.Contains("training_dropout", StringComparison.Ordinal) => "form of inference",
        _ when name.Contains("maxpool_with_argmax", StringComparison.Ordinal) => "at most 1 outputs",
        _ when name.Contains("_resize_", StringComparison.Ordinal) && (name.Contains("linear", StringComparison.Ordinal) || name.Contains("cubic", StringComparison.Ordinal)) => "the mode nearest",
        _ when name.Contains("_tf_crop_and_resize", StringComparison.Ordinal) => "the mode nearest",
        _ => null,
    };

    [SkippableCases]
    public void TheStandardsOwnCasesOfEveryKnownOperatorAgree()
    {
        var failures = new List<string>();
        int passed = 0;
        foreach (string name in BackendCases.Names.Where(IsOurs))
        {
            if (Refusal(name) is { } reason)
            {
                var refusal = Assert.Throws<OnnxException>(() => Run(name));
                Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
                continue;
            }

            try
            {
                if (Difference(name) is { } difference) failures.Add($"{name}: {difference}");
                else passed++;
            }
            catch (Exception e)
            {
                failures.Add($"{name}: {e.GetType().Name} {e.Message}");
            }
        }

        Assert.True(failures.Count == 0, $"{failures.Count} failed, {passed} passed.\n{string.Join('\n', failures)}");
        Assert.InRange(passed, 300, int.MaxValue);
    }

    public static TheoryData<string> Models => [.. Directory.GetFiles(Folder, "*.onnx").Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal)];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Golden", "models");

    [Theory]
    [MemberData(nameof(Models))]
    public void NetworksOfPracticalSizeComputeWhatPyTorchComputed(string name)
    {
        var graph = OnnxFile.Read(Path.Combine(Folder, $"{name}.onnx"));
        var golden = GoldenFile.ReadFile(Path.Combine(Folder, $"{name}.io.safetensors"));
        var input = Assert.Single(graph.Inputs);
        var output = Assert.Single(Evaluator.Run(graph, new Dictionary<string, Tensor> { [input.Name] = new(golden.Shape("input"), golden["input"]) }));
        Assert.Equal(golden.Shape("output"), output.Shape);
        // MobileNetV1's float32 outputs are PyTorch's own rounding away from what its weights say; the truth is the float64 run.
        var exact = GoldenFile.ReadFile(Path.Combine(Folder, $"{name}.exact.safetensors"));
        double largest = exact["output"].Max(Math.Abs), apart = exact["output"].Zip(output.Floats, (a, b) => Math.Abs((double)a - b)).Max();
        Assert.InRange(apart, 0, 1e-5 * largest + exact.Scalar("deviation.output"));
    }

    [Fact]
    public void ThereAreNineOfThem() => Assert.Equal(9, Models.Count);

    /// <summary>All operators are known, opset 6 or later, one subset of types: float32, and what shapes are made of.</summary>
    private static bool IsOurs(string name)
    {
        var raw = BackendCases.Raw(name);
        return raw.OpsetImport.All(import => import.Domain.Length == 0 && import.Version >= 6)
            && raw.Graph.Node.All(node => node.OpType == "Constant" || Evaluator.Operators.Contains(node.OpType))
            && raw.Graph.Input.All(input => input.Type.TensorType is not null)
            && BackendCases.Values(name, "input").Concat(BackendCases.Values(name, "output")).All(value => value.DataType is 1 or 7 or 9);
    }

    private static IReadOnlyList<Tensor> Run(string name)
    {
        var graph = OnnxFile.Read(BackendCases.Model(name));
        var reader = new TensorReader(".");
        var values = BackendCases.Values(name, "input").Select(reader.Read).ToArray();
        return Evaluator.Run(graph, graph.Inputs.Zip(values).ToDictionary(pair => pair.First.Name, pair => pair.Second));
    }

    private static string? Difference(string name)
    {
        var results = Run(name);
        var expected = BackendCases.Values(name, "output").Select(new TensorReader(".").Read).ToArray();
        for (int i = 0; i < expected.Length; i++)
        {
            if (!results[i].Shape.SequenceEqual(expected[i].Shape)) return $"expected {Tensor.Text(expected[i].Shape)}, found {Tensor.Text(results[i].Shape)}";
            for (int at = 0; at < expected[i].Length; at++)
            {
                double right = expected[i].IsFloat ? expected[i].Floats[at] : expected[i].Integers[at];
                double found = results[i].IsFloat ? results[i].Floats[at] : results[i].Integers[at];
                if (right.Equals(found) || Math.Abs(right - found) <= Absolute + Relative * Math.Abs(right)) continue;
                return FormattableString.Invariant($"output {i} at {at}: expected {right}, found {found}");
            }
        }

        return null;
    }
}
