using StaticCnn.Generated;
using StaticCnn.Mnist.Tests.Support;

namespace StaticCnn.Mnist.Tests.Commands;

public class VerifyCommandTests
{
    [Fact]
    public async Task It_checks_every_width_and_layer_and_passes()
    {
        var run = await ProgramRun.OfAsync<SimpleCnn>([], ["verify", "--seed", "3"]);
        Assert.True(run.ExitCode == 0, run.Out + run.Error);
        Assert.Contains("SimpleCnn: worst figures of the kernels at each vector width of this machine, seed 3", run.Lines);
        Assert.Contains(run.Lines, line => line.StartsWith("one image: outputs", StringComparison.Ordinal) && line.Contains($"{VectorWidth.Bits} bits", StringComparison.Ordinal) && line.Contains("128 bits", StringComparison.Ordinal));
        foreach (string subject in new[] { "conv1", "relu1", "pool1", "fc2", "conv1.weight", "fc2.bias", "training memory of a thread" })
            Assert.Contains(run.Lines, line => line.StartsWith(subject + " ", StringComparison.Ordinal));
        Assert.Matches(@"\n(\d+) of \1 checks passed\n$", run.Out);
        Assert.Contains("Checking 128 bits: finite differences", run.Error);
    }

    [Fact]
    public async Task What_is_wrong_is_named_and_is_exit_code_1()
    {
        var run = await ProgramRun.OfAsync<BentCnn>([], ["verify", "--json"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"mnist: error SCNN142: BentCnn is not sound: one image: logits at {VectorWidth.Bits} bits came to ", run.Error);
        Assert.False(run.Json.GetProperty("passed").GetBoolean());
        var failed = run.Json.GetProperty("checks").EnumerateArray().Where(check => !check.GetProperty("passed").GetBoolean()).ToArray();
        // The first layer that is wrong, and none before it.
        Assert.Equal("relu3", failed.First(check => check.GetProperty("check").GetString() == "one image: outputs").GetProperty("subject").GetString());
        Assert.All(failed, check => Assert.True(check.GetProperty("worst").GetDouble() > check.GetProperty("bound").GetDouble()));
    }

    /// <summary>SimpleCnn that says of its last ReLU that it passes everything.</summary>
    private sealed class BentCnn(SimpleCnn model) : ICnnModel<BentCnn>
    {
        private static readonly LayerInfo[] Bent =
            [.. SimpleCnn.Layers.ToArray().Select(layer => layer.Name == "relu3" ? layer with { Attribute = new FlattenAttribute() } : layer)];

        public static string ModelName => "BentCnn";

        public static TensorShape InputShape => new(1, 28, 28);

        public static int ImageLength => SimpleCnn.ImageLength;

        public static int ClassCount => SimpleCnn.ClassCount;

        public static int ParameterCount => SimpleCnn.ParameterCount;

        public static TrainingRecipe Recipe => SimpleCnn.Recipe;

        public static ReadOnlySpan<LayerInfo> Layers => Bent;

        public static string Plan => SimpleCnn.Plan;

        public static ModelKernels Kernels => KernelsOf<SimpleCnn>();

        public ParameterStore Parameters => model.Parameters;

        public static BentCnn Create(ulong seed = 0) => new(SimpleCnn.Create(seed));

        public static BentCnn Load(string path) => new(SimpleCnn.Load(path));

        public static BentCnn Load(ReadOnlySpan<byte> safetensors) => new(SimpleCnn.Load(safetensors));

        public static BentCnn LoadEmbedded() => throw new NotSupportedException();

        public static ICnnTrainer CreateTrainer(BentCnn bent, int threads, ulong seed) => new SimpleCnn.Trainer(bent.Inner, threads, seed);

        private SimpleCnn Inner => model;

        public void Save(string path) => model.Save(path);

        public void Forward(ReadOnlySpan<float> image, Span<float> logits) => model.Forward(image, logits);

        public void ForwardBatch(ReadOnlySpan<float> images, Span<float> logits, WorkerTeam? team = null) => model.ForwardBatch(images, logits, team);

        public int Predict(ReadOnlySpan<float> image) => model.Predict(image);

        public void CopyActivation(int layer, Span<float> destination) => model.CopyActivation(layer, destination);

        private static ModelKernels KernelsOf<T>() where T : class, ICnnModel<T> => T.Kernels;
    }
}
