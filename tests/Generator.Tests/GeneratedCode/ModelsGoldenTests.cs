using StaticCnn.Golden;

namespace Generator.Tests.GeneratedCode;

/// <summary>
/// The networks of tests/Golden/models, of the size that people use: each loads PyTorch's state_dict and gives PyTorch's float64
/// outputs, for one image and for a batch, at every vector width.
/// </summary>
public sealed class ModelsGoldenTests : IClassFixture<ModelsGoldenTests.Compiled>
{
    private readonly Compiled _compiled;

    public ModelsGoldenTests(Compiled compiled) => _compiled = compiled;

    public static TheoryData<string> Names => ["ResNet8", "MobileNetV1", "DsCnn", "KeywordSame", "Autoencoder", "TinyMobileNetV3", "TinySqueezeNet"];

    [Theory]
    [MemberData(nameof(Names))]
    public void ItLoadsAndGivesPyTorchsOutputs(string name)
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "Golden", "models");
        var io = GoldenFile.Read($"models/{name}.io");
        var exact = GoldenFile.Read($"models/{name}.exact");
        float[] images = io["input"], expected = exact["output"];
        // 1e-5 of the largest output, and twice as far as PyTorch's own float32 run is from the truth.
        double bound = 1e-5 + 2 * exact.Scalar("deviation.output") / expected.Max(Math.Abs);
        foreach (int bits in TestModel.Widths)
        {
            var model = TestModel.Create(_compiled.Model[$"StaticCnn.Models.{name}"], bits);
            model.Parameters.Load(Path.Combine(folder, $"{name}.safetensors"));
            float[] outputs = new float[expected.Length];
            model.ForwardBatch(images, outputs);
            Agree.Require(expected, outputs, bound, $"{name}'s outputs of a batch at {bits} bits");
            for (int i = 0; i < images.Length / model.ImageLength; i++)
            {
                model.Forward(images.AsSpan(i * model.ImageLength, model.ImageLength), outputs.AsSpan(i * model.ClassCount, model.ClassCount));
            }

            Agree.Require(expected, outputs, bound, $"{name}'s outputs of one image at {bits} bits");
        }
    }

    /// <summary>The networks, compiled once.</summary>
    public sealed class Compiled : IDisposable
    {
        internal GeneratedModel Model { get; } = GeneratorHarness.Compile(Source());

        public void Dispose() => Model.Dispose();

        private static string Source() => File.ReadAllText(Repository.PathTo("tests", "Golden", "models", "Models.cs.txt"));
    }
}
