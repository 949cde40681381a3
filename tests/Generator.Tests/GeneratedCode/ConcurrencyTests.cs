
namespace Generator.Tests.GeneratedCode;

/// <summary>Calls at the same time: an exception on one instance, independence between instances.</summary>
public sealed class ConcurrencyTests : IClassFixture<ConcurrencyTests.Compiled>
{
    private const string Declaration =
        """
        using StaticCnn;
        [CnnModel(1, 12, 12)]
        [Conv2d(8, 3, Padding = 1), ReLU, MaxPool2d(2)]
        [Flatten, Linear(16), ReLU, Dropout(0.2f), Linear(3)]
        [Training(BatchSize = 32)]
        public sealed partial class Net;
        """;

    private readonly Type _type;

    public ConcurrencyTests(Compiled compiled) => _type = compiled.Model["Net"];

    /// <summary>Every answer of several threads on one model is either right or the exception, and both occur.</summary>
    [Theory]
    [InlineData("Forward")]
    [InlineData("ForwardBatch")]
    [InlineData("Predict")]
    [InlineData("Step")]
    public void ASecondCallAtOnceIsAnExceptionAndNeverAWrongAnswer(string call)
    {
        var model = TestModel.Create(_type);
        using var trainer = model.CreateTrainer();
        trainer.LearningRate = 1e-30f; // Each step computes the same loss.
        trainer.DropoutEnabled = false;
        float[] images = Images(model, 32);
        int[] labels = new int[32];
        float[] expected = Call();
        int right = 0, refused = 0, wrong = 0;
        var clock = System.Diagnostics.Stopwatch.StartNew();
        // Until both have been seen: whether two calls meet is the scheduler's choice.
        while ((refused == 0 || right < 100) && clock.Elapsed < TimeSpan.FromSeconds(60))
        {
            Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 4 }, _ =>
            {
                for (int i = 0; i < 200; i++)
                {
                    try
                    {
                        Interlocked.Increment(ref Call().AsSpan().SequenceEqual(expected) ? ref right : ref wrong);
                    }
                    catch (InvalidOperationException e)
                    {
                        Assert.Contains("an instance serves one caller at a time", e.Message);
                        Interlocked.Increment(ref refused);
                    }
                }
            });
        }

        Assert.Equal(0, wrong);
        Assert.True(right > 0 && refused > 0, $"{right} right answers, {refused} refused calls");
        Assert.Equal(expected, Call());

        float[] Call()
        {
            float[] logits = new float[3];
            switch (call)
            {
                case "Forward":
                    model.Forward(images.AsSpan(0, model.ImageLength), logits);
                    return logits;
                case "ForwardBatch":
                    float[] all = new float[32 * 3];
                    model.ForwardBatch(images, all);
                    return all;
                case "Predict":
                    return [model.Predict(images.AsSpan(0, model.ImageLength))];
                default:
                    return [trainer.Step(images, labels)];
            }
        }
    }

    /// <summary>Many models and trainers, one a thread, come to what one alone comes to.</summary>
    [Fact]
    public void ModelsAndTrainersSideBySideDoNotDisturbEachOther()
    {
        float[][] alone = [.. Enumerable.Range(0, 6).Select(Train)];
        float[][] together = new float[6][];
        var threads = Enumerable.Range(0, 6).Select(i => new Thread(() => together[i] = Train(i))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Assert.Equal(alone, together);
    }

    /// <summary>After an exception the model works on.</summary>
    [Fact]
    public void ARefusedCallLeavesTheModelUsable()
    {
        var model = TestModel.Create(_type);
        float[] logits = new float[3], image = Images(model, 1);
        Assert.Throws<ArgumentException>(() => model.Forward(image.AsSpan(1), logits));
        Assert.Throws<InvalidOperationException>(() => model.CopyActivation(0, new float[8 * 12 * 12]));
        model.Forward(image, logits);
        model.CopyActivation(0, new float[8 * 12 * 12]);
    }

    private float[] Train(int seed)
    {
        var model = TestModel.Create(_type, seed: (ulong)seed);
        using var trainer = model.CreateTrainer(threads: 2, seed: (ulong)seed);
        float[] images = Images(model, 32), logits = new float[3];
        int[] labels = [.. Enumerable.Range(0, 32).Select(i => i % 3)];
        for (int step = 0; step < 50; step++)
        {
            trainer.Step(images, labels);
            model.Forward(images.AsSpan(0, model.ImageLength), logits);
        }

        float[] all = new float[32 * 3];
        model.ForwardBatch(images, all);
        return [.. logits, .. all];
    }

    private static float[] Images(TestModel model, int count)
    {
        float[] images = new float[count * model.ImageLength];
        for (int i = 0; i < images.Length; i++) images[i] = i % 17 / 17f;
        return images;
    }

    public sealed class Compiled : IDisposable
    {
        internal GeneratedModel Model { get; } = GeneratorHarness.Compile(Declaration);

        public void Dispose() => Model.Dispose();
    }
}
