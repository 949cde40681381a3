namespace Generator.Tests.GeneratedCode;

/// <summary>What comes in from outside is checked once, with the expected length in the message; and what inference needs is all it takes.</summary>
public sealed class EntryPointsTests
{
    private const string Declaration =
        """
        using StaticCnn;
        [CnnModel(1, 28, 28)]
        [Conv2d(8, 3, Padding = 1), ReLU, MaxPool2d(2)]
        [Flatten, Linear(3)]
        [Training(BatchSize = 64)]
        public sealed partial class Net;
        """;

    [Fact]
    public void EveryWrongLengthIsNamedWithTheRightOne()
    {
        using var compiled = GeneratorHarness.Compile(Declaration);
        var model = TestModel.Create(compiled["Net"]);
        using var trainer = model.CreateTrainer();
        float[] images = new float[64 * 784], logits = new float[64 * 3];
        int[] labels = new int[65];
        Named("784", () => model.Forward(images.AsSpan(0, 783), logits.AsSpan(0, 3)));
        Named("784", () => model.Forward(images.AsSpan(0, 785), logits.AsSpan(0, 3)));
        Named("3", () => model.Forward(images.AsSpan(0, 784), logits.AsSpan(0, 4)));
        Named("784", () => model.Predict(images.AsSpan(0, 1)));
        Named("784", () => model.ForwardBatch(images.AsSpan(0, 785), logits));
        Named("6", () => model.ForwardBatch(images.AsSpan(0, 2 * 784), logits.AsSpan(0, 5)));
        Named("1568", () => trainer.Step(images.AsSpan(0, 784), labels.AsSpan(0, 2)));
        Named("64", () => trainer.Step(images, labels.AsSpan(0, 65)));
        Named("64", () => trainer.Step([], []));
        Named("1568", () => trainer.Evaluate(images.AsSpan(0, 784), labels.AsSpan(0, 2)));
        Named("1568", () => trainer.Gradients(images.AsSpan(0, 784), labels.AsSpan(0, 2)));
        labels[1] = 3;
        Named("0 to 2, found 3", () => trainer.Step(images.AsSpan(0, 2 * 784), labels.AsSpan(0, 2)));
        model.Forward(images.AsSpan(0, 784), logits.AsSpan(0, 3));
        Named("6272", () => model.CopyActivation(0, new float[6271]));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.CopyActivation(5, new float[3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.CreateTrainer(threads: 0));

        static void Named(string expected, Action call) =>
            Assert.Contains(expected, Assert.ThrowsAny<ArgumentException>(call).Message, StringComparison.Ordinal);
    }

    /// <summary>A model that only infers holds neither gradients nor moments nor a batch's activations.</summary>
    [Fact]
    public void InferenceHoldsNoMemoryForTraining()
    {
        using var compiled = GeneratorHarness.Compile(Declaration);
        TestModel.Create(compiled["Net"]); // What the first one initialises is not the model's.
        long before = GC.GetAllocatedBytesForCurrentThread();
        var model = TestModel.Create(compiled["Net"]);
        long inference = GC.GetAllocatedBytesForCurrentThread() - before;
        using var trainer = model.CreateTrainer();
        long training = GC.GetAllocatedBytesForCurrentThread() - before - inference;
        Assert.True(inference < training / 2, $"{inference} bytes to infer, {training} more to train");
    }
}
