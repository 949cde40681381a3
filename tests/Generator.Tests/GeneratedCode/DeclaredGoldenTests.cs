using StaticCnn;
using StaticCnn.Golden;

namespace Generator.Tests.GeneratedCode;

/// <summary>
/// The networks of tests/Golden/Declared.cs.txt, which between them have every layer and option, against PyTorch's float64
/// results at every vector width: logits, gradients, and weights and Adam's moments after 20 steps.
/// </summary>
public sealed class DeclaredGoldenTests : IClassFixture<DeclaredGoldenTests.Compiled>
{
    /// <summary>Filtering rounds about 16 times as much as direct summation; its layers' outputs are held to 1e-5 all the same.</summary>
    private const double DirectFactor = 2, FilteredFactor = 32;

    private readonly Compiled _compiled;

    public DeclaredGoldenTests(Compiled compiled) => _compiled = compiled;

    public static TheoryData<string> Names => [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Golden", "declared"), "*.safetensors")
        .Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal)];

    [Fact]
    public void ThereAreAtLeastTwelveNetworks() => Assert.InRange(Names.Count, 12, 100);

    [Theory]
    [MemberData(nameof(Names))]
    public void ItComputesWhatPyTorchComputes(string name)
    {
        var golden = GoldenFile.Read($"declared/{name}");
        foreach (int bits in TestModel.Widths)
        {
            Forward(golden, Load(golden, name, bits));
            Train(golden, Load(golden, name, bits), name.StartsWith("Filtered", StringComparison.Ordinal) ? FilteredFactor : DirectFactor);
        }
    }

    private static void Forward(GoldenFile golden, TestModel model)
    {
        float[] images = golden["images"], logits = new float[golden["logits"].Length], single = new float[logits.Length];
        model.ForwardBatch(images, logits);
        Agree.Require(golden["logits"], logits, 1e-5, "logits of a batch");
        for (int i = 0; i < golden.Labels.Length; i++)
        {
            model.Forward(images.AsSpan(i * model.ImageLength, model.ImageLength), single.AsSpan(i * model.ClassCount, model.ClassCount));
        }

        Agree.Require(golden["logits"], single, 1e-5, "logits of one image");
    }

    private static void Train(GoldenFile golden, TestModel model, double factor)
    {
        using var trainer = model.CreateTrainer(threads: 2);
        trainer.DropoutEnabled = false;
        Gradients(golden, model, trainer);
        for (int step = 0; step < golden["losses"].Length; step++)
        {
            var (images, labels) = golden.Batch(step);
            Assert.Equal(golden["losses"][step], trainer.Step(images, labels), factor * golden.Scalar("deviation.losses") + 1e-6);
        }

        string file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");
        try
        {
            trainer.SaveState(file);
            var state = GoldenFile.ReadFile(file);
            foreach (string parameter in golden.ParameterNames)
            {
                double apart = golden[$"step20.{parameter}"].Zip(state[parameter], (a, b) => Math.Abs((double)a - b)).Max();
                Worst.Note("declared: weights after 20 steps / PyTorch's", apart / golden.Scalar("deviation.step20"));
                Assert.InRange(apart, 0, factor * golden.Scalar("deviation.step20") + 1e-7);
                foreach (string moment in new[] { $"{parameter}.exp_avg", $"{parameter}.exp_avg_sq" })
                {
                    Agree.Require(
                        golden[$"step20.{moment}"], state[moment], factor * golden.Scalar("deviation.moments") + 1e-6, moment, floor: 1e-12);
                }
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Of all images, in batches: the gradient of the mean is the mean of the batches' gradients, by their images.</summary>
    private static void Gradients(GoldenFile golden, TestModel model, ICnnTrainer trainer)
    {
        double[][] sums = [.. model.Parameters.Infos.Select(info => new double[info.Count])];
        int batches = (golden.Labels.Length + golden.BatchSize - 1) / golden.BatchSize;
        for (int batch = 0; batch < batches; batch++)
        {
            var (images, labels) = golden.Batch(batch);
            float[][] gradients = trainer.Gradients(images, labels);
            for (int p = 0; p < sums.Length; p++)
            {
                for (int i = 0; i < sums[p].Length; i++) sums[p][i] += (double)gradients[p][i] * labels.Count / golden.Labels.Length;
            }
        }

        foreach (string parameter in golden.ParameterNames)
        {
            Agree.Require(
                golden[$"grad.{parameter}"], Array.ConvertAll(sums[model.Parameters.IndexOf(parameter)], sum => (float)sum), 1e-5, $"gradient of {parameter}");
        }
    }

    private TestModel Load(GoldenFile golden, string name, int bits)
    {
        var model = TestModel.Create(_compiled.Model[$"Golden.{name}"], bits);
        Assert.Equal(golden.ParameterNames.Order(), model.Parameters.Infos.Select(info => info.Name).Order());
        foreach (string parameter in golden.ParameterNames)
        {
            int index = model.Parameters.IndexOf(parameter);
            Assert.Equal(golden.Shape(parameter), model.Parameters.Infos[index].Shape);
            model.Parameters.Set(index, golden[parameter]);
        }

        return model;
    }

    /// <summary>All networks, compiled once.</summary>
    public sealed class Compiled : IDisposable
    {
        internal GeneratedModel Model { get; } = GeneratorHarness.Compile(
            "using StaticCnn;\nnamespace Golden;\n" + File.ReadAllText(Repository.PathTo("tests", "Golden", "Declared.cs.txt")).Replace("partial class", "public partial class", StringComparison.Ordinal));

        public void Dispose() => Model.Dispose();
    }
}
