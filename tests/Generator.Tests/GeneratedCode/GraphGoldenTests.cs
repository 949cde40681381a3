using StaticCnn;
using StaticCnn.Golden;

namespace Generator.Tests.GeneratedCode;

/// <summary>
/// The networks of tests/Golden/Graph.cs.txt, which branch, normalise and gate, against PyTorch's float64 results at every vector
/// width: outputs in both layouts, gradients of a whole batch and of a short one, and what 20 steps leave, running statistics included.
/// </summary>
public sealed class GraphGoldenTests : IClassFixture<GraphGoldenTests.Compiled>
{
    private readonly Compiled _compiled;

    public GraphGoldenTests(Compiled compiled) => _compiled = compiled;

    public static TheoryData<string> Names => [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Golden", "graph"), "*.safetensors")
        .Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal)];

    [Fact]
    public void ThereAreAtLeastThirtyNetworks() => Assert.InRange(Names.Count, 30, 100);

    [Theory]
    [MemberData(nameof(Names))]
    public void ItsOutputsArePyTorchs(string name)
    {
        var golden = GoldenFile.Read($"graph/{name}");
        float[] images = golden["images"], expected = golden["outputs"];
        foreach (int bits in TestModel.Widths)
        {
            var model = Load(golden, name, bits);
            float[] outputs = new float[expected.Length];
            model.ForwardBatch(images, outputs);
            Agree.Require(expected, outputs, 1e-5, $"{name}'s outputs of a batch at {bits} bits");
            for (int i = 0; i < images.Length / model.ImageLength; i++)
            {
                model.Forward(images.AsSpan(i * model.ImageLength, model.ImageLength), outputs.AsSpan(i * model.ClassCount, model.ClassCount));
            }

            Agree.Require(expected, outputs, 1e-5, $"{name}'s outputs of one image at {bits} bits");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ItsGradientsArePyTorchs(string name)
    {
        var golden = GoldenFile.Read($"graph/{name}");
        int count = golden["images"].Length / Load(golden, name, 128).ImageLength, last = (count + golden.BatchSize - 1) / golden.BatchSize - 1;
        foreach (int bits in TestModel.Widths)
        {
            var model = Load(golden, name, bits);
            using var trainer = model.CreateTrainer(threads: 2);
            trainer.DropoutEnabled = false;
            foreach (var (batch, prefix) in new[] { (0, ""), (last, "last.") })
            {
                float[][] gradients = Gradients(golden, model, trainer, batch);

                // A gradient that is 0 but for rounding, such as that of a bias before normalisation, is held against the others.
                double floor = 1e-2 * golden.ParameterNames.Max(parameter => golden[$"{prefix}grad.{parameter}"].Max(Math.Abs));
                foreach (string parameter in golden.ParameterNames)
                {
                    Agree.Require(
                        golden[$"{prefix}grad.{parameter}"], gradients[model.Parameters.IndexOf(parameter)],
                        1e-5 + 2 * golden.Scalar("deviation.grad"), $"{name}'s {prefix}gradient of {parameter} at {bits} bits", floor);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void TwentyStepsEndWherePyTorchsDo(string name)
    {
        var golden = GoldenFile.Read($"graph/{name}");
        foreach (int bits in TestModel.Widths)
        {
            var model = Load(golden, name, bits);
            using var trainer = model.CreateTrainer(threads: 2);
            trainer.DropoutEnabled = false;
            for (int step = 0; step < golden["losses"].Length; step++)
            {
                Assert.Equal(golden["losses"][step], Step(golden, model, trainer, step), 2 * golden.Scalar("deviation.losses") + 2e-6);
            }

            foreach (string parameter in golden.Names.Where(key => key.StartsWith("step20.", StringComparison.Ordinal) && !key.Contains(".exp_avg", StringComparison.Ordinal)))
            {
                float[] expected = golden[parameter], actual = new float[expected.Length];
                model.Parameters.Get(model.Parameters.IndexOf(parameter["step20.".Length..]), actual);
                double apart = expected.Zip(actual, (a, b) => Math.Abs((double)a - b)).Max();
                double allowed = parameter.Contains("running", StringComparison.Ordinal) || parameter.Contains("tracked", StringComparison.Ordinal)
                    ? (2 * golden.Scalar("deviation.states") + 2e-6) * Math.Max(1, expected.Max(Math.Abs))
                    : 2 * golden.Scalar("deviation.step20") + 1e-6;
                Assert.True(apart <= allowed, $"{name} at {bits} bits: {parameter} is {apart} apart, allowed are {allowed}");
            }
        }
    }

    private static float[][] Gradients(GoldenFile golden, TestModel model, ICnnTrainer trainer, int batch)
    {
        var (images, first, count) = Batch(golden, model, batch);
        return golden.Names.Contains("targets")
            ? trainer.Gradients(images, golden["targets"].AsSpan(first * model.ClassCount, count * model.ClassCount))
            : trainer.Gradients(images, golden.Labels.AsSpan(first, count));
    }

    private static float Step(GoldenFile golden, TestModel model, ICnnTrainer trainer, int step)
    {
        var (images, first, count) = Batch(golden, model, step);
        return golden.Names.Contains("targets")
            ? trainer.Step(images, golden["targets"].AsSpan(first * model.ClassCount, count * model.ClassCount))
            : trainer.Step(images, golden.Labels.AsSpan(first, count));
    }

    private static (float[] Images, int First, int Count) Batch(GoldenFile golden, TestModel model, int step)
    {
        float[] images = golden["images"];
        int all = images.Length / model.ImageLength, batches = (all + golden.BatchSize - 1) / golden.BatchSize;
        int first = step % batches * golden.BatchSize, count = Math.Min(golden.BatchSize, all - first);
        return (images[(first * model.ImageLength)..((first + count) * model.ImageLength)], first, count);
    }

    private TestModel Load(GoldenFile golden, string name, int bits)
    {
        var model = TestModel.Create(_compiled.Model[$"Golden.{name}"], bits);
        foreach (var info in model.Parameters.Infos)
        {
            Assert.Equal(golden.Shape(info.Name), info.Shape);
            model.Parameters.Set(model.Parameters.IndexOf(info.Name), golden[info.Name]);
        }

        return model;
    }

    /// <summary>All networks, compiled once.</summary>
    public sealed class Compiled : IDisposable
    {
        internal GeneratedModel Model { get; } = GeneratorHarness.Compile(
            "using StaticCnn;\nnamespace Golden;\n" + File.ReadAllText(Repository.PathTo("tests", "Golden", "Graph.cs.txt")).Replace("partial class", "public partial class", StringComparison.Ordinal));

        public void Dispose() => Model.Dispose();
    }
}
