using StaticCnn;
using StaticCnn.Golden;

namespace Generator.Tests.GeneratedCode;

/// <summary>A generated trainer's state as a file, and steps that are not taken.</summary>
public sealed class TrainerStateTests : IDisposable
{
    private const string Declaration =
        """
        using StaticCnn;
        [CnnModel(1, 9, 8)]
        [Conv2d(5, 3, Padding = 1), ReLU, MaxPool2d(2)]
        [Flatten, Linear(20), ReLU, Dropout(0.2f), Linear(3)]
        [Training(BatchSize = 20)]
        public sealed partial class Net;
        """;

    private readonly GeneratedModel _compiled = GeneratorHarness.Compile(Declaration);
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");
    private readonly float[] _images = [.. Enumerable.Range(0, 20 * 72).Select(i => i * 7 % 23 / 23f)];
    private readonly int[] _labels = [.. Enumerable.Range(0, 20).Select(i => i % 3)];

    public void Dispose()
    {
        File.Delete(_file);
        _compiled.Dispose();
    }

    /// <summary>A new model and trainer go on from the file to the same bits; the masks of dropout included.</summary>
    [Theory]
    [InlineData(512)]
    [InlineData(256)]
    [InlineData(128)]
    public void ATrainerGoesOnFromItsStateToTheSameBits(int bits)
    {
        var model = TestModel.Create(_compiled["Net"], bits, seed: 1);
        using var trainer = model.CreateTrainer(threads: 1, seed: 7);
        for (int step = 0; step < 5; step++) trainer.Step(_images, _labels);
        trainer.SaveState(_file, new Dictionary<string, string> { ["note"] = "here" });
        for (int step = 0; step < 5; step++) trainer.Step(_images, _labels);

        var other = TestModel.Create(_compiled["Net"], bits, seed: 2);
        using var resumed = other.CreateTrainer(threads: 3, seed: 7);
        resumed.Step(_images, _labels);
        var metadata = resumed.LoadState(_file);
        Assert.Equal("here", metadata["note"]);
        Assert.Equal("5", metadata["step"]);
        Assert.Equal(FormattableString.Invariant($"{bits}"), metadata["vectorBits"]);
        Assert.Equal(5, resumed.StepCount);
        for (int step = 0; step < 5; step++) resumed.Step(_images, _labels);
        Assert.Equal(model.Parameters.ContentHash(), other.Parameters.ContentHash());
    }

    /// <summary>
    /// Black images leave a convolution's weights without gradient. Their moments decay to 0: a moment that stayed a
    /// subnormal float, as it would without help, costs many processors over 100 cycles in each step.
    /// </summary>
    [Theory]
    [InlineData(256)]
    [LongInlineData(512)]
    [LongInlineData(128)]
    public void TheMomentsOfSilentWeightsReachZero(int bits)
    {
        using var compiled = GeneratorHarness.Compile(Declaration.Replace("BatchSize = 20", "BatchSize = 20, Beta2 = 0.9f", StringComparison.Ordinal));
        var model = TestModel.Create(compiled["Net"], bits, seed: 1);
        using var trainer = model.CreateTrainer();
        trainer.Step(_images, _labels);
        Assert.All(Moments(), moments => Assert.Contains(moments, value => value != 0));
        float[] black = new float[_images.Length];
        for (int step = 0; step < 1200; step++) trainer.Step(black, _labels);
        Assert.All(Moments(), moments => Assert.All(moments, value => Assert.Equal(0, value)));

        float[][] Moments()
        {
            trainer.SaveState(_file, new Dictionary<string, string>());
            var state = GoldenFile.ReadFile(_file);
            return [state["conv1.weight.exp_avg"], state["conv1.weight.exp_avg_sq"]];
        }
    }

    [Fact]
    public void AStateThatDoesNotFitChangesNothing()
    {
        var model = TestModel.Create(_compiled["Net"]);
        using var trainer = model.CreateTrainer();
        trainer.Step(_images, _labels);
        string before = model.Parameters.ContentHash();
        model.Parameters.Save(_file);
        Assert.Contains("missing conv1.bias.exp_avg [5]", Assert.Throws<WeightsException>(() => trainer.LoadState(_file)).Message, StringComparison.Ordinal);
        File.WriteAllText(_file, "no safetensors");
        Assert.Throws<WeightsException>(() => trainer.LoadState(_file));
        Assert.Equal(1, trainer.StepCount);
        Assert.Equal(before, model.Parameters.ContentHash());
    }

    /// <summary>A damaged file whose header is sound, and one that the caller does not accept.</summary>
    [Fact]
    public void AStateThatIsDamagedOrNotAcceptedChangesNothing()
    {
        var model = TestModel.Create(_compiled["Net"]);
        using var trainer = model.CreateTrainer();
        trainer.SaveState(_file, new Dictionary<string, string> { ["note"] = "here" });
        byte[] bytes = File.ReadAllBytes(_file);
        trainer.Step(_images, _labels);
        string before = model.Parameters.ContentHash();
        string? note = null;
        Assert.Throws<InvalidDataException>(() => trainer.LoadState(_file, metadata =>
        {
            note = metadata["note"];
            throw new InvalidDataException();
        }));
        Assert.Equal("here", note);
        foreach (int place in new[] { bytes.Length - 1, bytes.Length - 1000, bytes.AsSpan().IndexOf("here"u8), bytes.AsSpan().IndexOf("\"step\":\"0"u8) + 8 })
        {
            byte[] damaged = [.. bytes];
            damaged[place] ^= 1;
            File.WriteAllBytes(_file, damaged);
            Assert.Contains("it is damaged: its checksum is ", Assert.Throws<WeightsException>(() => trainer.LoadState(_file)).Message, StringComparison.Ordinal);
        }

        Assert.Equal((1, before), (trainer.StepCount, model.Parameters.ContentHash()));
        foreach (string key in new[] { "format", "model", "step", "checksum", "vectorBits" })
        {
            Assert.Throws<ArgumentException>(() => trainer.SaveState(_file, new Dictionary<string, string> { [key] = "mine" }));
        }
    }

    /// <summary>The weights that the loss was computed with stay, and training goes on with the next batch.</summary>
    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(3e38f)]
    public void AStepWhoseLossIsNotFiniteIsNotTaken(float pixel)
    {
        var model = TestModel.Create(_compiled["Net"]);
        using var trainer = model.CreateTrainer(threads: 2);
        trainer.Step(_images, _labels);
        trainer.SaveState(_file);
        byte[] before = File.ReadAllBytes(_file);
        float[] bad = [.. _images];
        bad.AsSpan(19 * 72).Fill(pixel);
        Assert.False(float.IsFinite(trainer.Step(bad, _labels)));
        trainer.SaveState(_file);
        Assert.Equal(before, File.ReadAllBytes(_file));
        Assert.Equal(1, trainer.StepCount);
        Assert.True(float.IsFinite(trainer.Step(_images, _labels)));
        Assert.Equal(2, trainer.StepCount);
        // Inspection shows what is there.
        Assert.Contains(trainer.Gradients(bad, _labels), values => values.Any(float.IsNaN));
    }
}
