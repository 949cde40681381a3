using StaticCnn.Golden;

namespace Generator.Tests.GeneratedCode;

/// <summary>
/// Generated code at every width against PyTorch's float64 results, dropout off. Convolutions are direct: PyTorch's own
/// float32 closeness is asked for.
/// </summary>
public sealed class GoldenTests : IClassFixture<GoldenTests.Compiled>
{
    private const string Declarations =
        """
        using StaticCnn;
        namespace Golden;

        [CnnModel(1, 28, 28)]
        [Conv2d(16, 5, Padding = 2, Algorithm = ConvolutionAlgorithm.Direct), ReLU, MaxPool2d(2)]
        [Conv2d(32, 5, Padding = 2, Algorithm = ConvolutionAlgorithm.Direct), ReLU, MaxPool2d(2)]
        [Flatten, Linear(128), ReLU, Dropout(0.2f)]
        [Linear(10)]
        public sealed partial class SimpleCnn;

        [CnnModel(3, 13, 17)]
        [Conv2d(5, 3, 5, StrideHeight = 2, PaddingHeight = 1, PaddingWidth = 2, Bias = false, Algorithm = ConvolutionAlgorithm.Direct), ReLU]
        [MaxPool2d(2, 3, StrideHeight = 1, StrideWidth = 2)]
        [Conv2d(7, 2, Algorithm = ConvolutionAlgorithm.Direct), ReLU]
        [Flatten, Linear(11), ReLU]
        [Linear(6, Bias = false)]
        public sealed partial class OddCnn;

        [CnnModel(2, 20, 12)]
        [MaxPool2d(3, Stride = 2)]
        [Conv2d(9, 1, Algorithm = ConvolutionAlgorithm.Direct), ReLU]
        [Conv2d(4, 4, 3, PaddingHeight = 3, PaddingWidth = 2, Algorithm = ConvolutionAlgorithm.Direct)]
        [Flatten, Dropout(0.5f), Linear(3)]
        public sealed partial class PoolFirstCnn;

        [CnnModel(1, 10, 9)]
        [Conv2d(3, 3, Padding = 1, Algorithm = ConvolutionAlgorithm.Direct), MaxPool2d(2), ReLU]
        [Conv2d(5, 2, Algorithm = ConvolutionAlgorithm.Direct), MaxPool2d(3, 2, Stride = 1), ReLU]
        [Flatten, Linear(4)]
        public sealed partial class TieCnn;
        """;

    private readonly Compiled _compiled;

    public GoldenTests(Compiled compiled) => _compiled = compiled;

    public static TheoryData<string, int> All => Rows("SimpleCnn", "OddCnn", "PoolFirstCnn", "TieCnn");

    /// <summary>Training breaks TieCnn's ties.</summary>
    public static TheoryData<string, int> Trained => Rows("SimpleCnn", "OddCnn", "PoolFirstCnn");

    [Theory]
    [MemberData(nameof(All))]
    public void LogitsLossAndGradientsAgree(string name, int bits)
    {
        var (golden, model) = Load(name, bits);
        float[] images = golden["images"];
        int[] labels = golden.Labels;

        float[] logits = new float[golden["logits"].Length];
        model.ForwardBatch(images, logits);
        Agree.Require(golden["logits"], logits, 1e-5, $"{name}'s logits of a batch");
        for (int i = 0; i < labels.Length; i++)
        {
            model.Forward(images.AsSpan(i * model.ImageLength, model.ImageLength), logits.AsSpan(i * model.ClassCount, model.ClassCount));
        }

        Agree.Require(golden["logits"], logits, 1e-5, $"{name}'s logits of one image");
        using var trainer = model.CreateTrainer();
        trainer.DropoutEnabled = false;
        Assert.Equal(golden.Scalar("loss"), trainer.Evaluate(images, labels).Loss, 1e-6);
        float[][] gradients = trainer.Gradients(images, labels);
        foreach (string parameter in golden.ParameterNames)
        {
            Agree.Require(
                golden[$"grad.{parameter}"], gradients[model.Parameters.IndexOf(parameter)], 1e-5, $"{name}'s gradients");
        }
    }

    [Theory]
    [MemberData(nameof(Trained))]
    public void TrainingStaysAsNearToFloat64AsPyTorchsOwnFloat32Run(string name, int bits)
    {
        var (golden, model) = Load(name, bits);
        using var trainer = model.CreateTrainer(threads: 2);
        trainer.DropoutEnabled = false;
        for (int step = 0; step < golden["losses"].Length; step++)
        {
            var (images, labels) = golden.Batch(step);
            Assert.Equal(golden["losses"][step], trainer.Step(images, labels), 2 * golden.Scalar("deviation.losses") + 1e-6);
        }

        double[] differences = [.. golden.ParameterNames.SelectMany(parameter =>
        {
            float[] expected = golden[$"step20.{parameter}"], actual = new float[expected.Length];
            model.Parameters.Get(model.Parameters.IndexOf(parameter), actual);
            return actual.Zip(expected, (a, b) => Math.Abs((double)a - b));
        })];
        double rms = Math.Sqrt(differences.Average(d => d * d));
        Worst.Note($"{name} after 20 steps, largest / PyTorch's", differences.Max() / golden.Scalar("deviation.step20"));
        Worst.Note($"{name} after 20 steps, RMS / PyTorch's", rms / golden.Scalar("deviation.step20_rms"));
        Assert.InRange(differences.Max(), 0, 2 * golden.Scalar("deviation.step20") + 1e-7);
        Assert.InRange(rms, 0, 2 * golden.Scalar("deviation.step20_rms") + 1e-8);
    }

    private (GoldenFile Golden, TestModel Model) Load(string name, int bits)
    {
        var golden = GoldenFile.Read(name);
        var model = TestModel.Create(_compiled.Model[$"Golden.{name}"], bits);
        Assert.Equal(golden.ParameterNames.Order(), model.Parameters.Infos.Select(info => info.Name).Order());
        foreach (string parameter in golden.ParameterNames)
        {
            int index = model.Parameters.IndexOf(parameter);
            Assert.Equal(golden.Shape(parameter), model.Parameters.Infos[index].Shape);
            model.Parameters.Set(index, golden[parameter]);
        }

        return (golden, model);
    }

    private static TheoryData<string, int> Rows(params string[] names)
    {
        var rows = new TheoryData<string, int>();
        foreach (string name in names)
        {
            foreach (int bits in TestModel.Widths) rows.Add(name, bits);
        }

        return rows;
    }

    /// <summary>The networks of tests/Golden/README.md with 64 images a batch, compiled once.</summary>
    public sealed class Compiled : IDisposable
    {
        internal GeneratedModel Model { get; } = GeneratorHarness.Compile(Declarations);

        public void Dispose() => Model.Dispose();
    }
}
