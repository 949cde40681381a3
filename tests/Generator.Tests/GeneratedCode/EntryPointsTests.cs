using System.Reflection;
using System.Runtime.CompilerServices;
using StaticCnn;
using StaticCnn.Generated;

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
        Named("64", () => trainer.Step([], Array.Empty<int>()));
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

    /// <summary>Adam's step size is a number that can be stepped by; the one before stays where it is not.</summary>
    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    [InlineData(-1e-9f)]
    public void ALearningRateThatIsNoStepIsRefused(float rate)
    {
        using var compiled = GeneratorHarness.Compile(Declaration);
        using var trainer = TestModel.Create(compiled["Net"]).CreateTrainer();
        trainer.LearningRate = 0;
        trainer.LearningRate = 0.5f;
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => trainer.LearningRate = rate);
        Assert.Contains("learning rate that is finite and not negative", error.Message, StringComparison.Ordinal);
        Assert.Equal(0.5f, trainer.LearningRate);
    }

    [Fact]
    public void NullIsNamed()
    {
        using var compiled = GeneratorHarness.Compile(Declaration);
        var type = compiled["Net"];
        var constructor = type.GetNestedType("Trainer")!.GetConstructors().Single();
        var error = Assert.Throws<TargetInvocationException>(() => constructor.Invoke([null, 1, 0UL]));
        Assert.Equal("model", Assert.IsType<ArgumentNullException>(error.InnerException).ParamName);
        using var trainer = TestModel.Create(type).CreateTrainer();
        Assert.Equal("data", Assert.Throws<ArgumentNullException>(() => trainer.Step((LabeledImages)null!, [0])).ParamName);
        Assert.Equal("path", Assert.Throws<ArgumentNullException>(() => trainer.SaveState(null!)).ParamName);
        Assert.Equal("path", Assert.Throws<ArgumentNullException>(() => trainer.LoadState(null!)).ParamName);
    }

    /// <summary>By the name that the user knows, not by that of a part.</summary>
    [Fact]
    public void ADisposedTrainerSaysThatItIsOne()
    {
        using var compiled = GeneratorHarness.Compile(Declaration);
        var model = TestModel.Create(compiled["Net"]);
        var trainer = model.CreateTrainer(threads: 2);
        float[] image = new float[784];
        int[] label = [0];
        var data = new LabeledImages(new IdxImages(new byte[784], 1, new TensorShape(1, 28, 28)), [0], "test");
        trainer.Dispose();
        trainer.Dispose();
        Action[] calls =
        [
            () => trainer.Step(image, label), () => trainer.Step(data, label), () => trainer.Evaluate(image, label),
            () => trainer.Gradients(image, label), () => trainer.SaveState("file"), () => trainer.LoadState("file"),
        ];
        Assert.All(calls, call => Assert.Equal("Net+Trainer", Assert.Throws<ObjectDisposedException>(call).ObjectName));
        model.Predict(image);
    }

    /// <summary>Trainers that nobody refers to any more, and that nobody has disposed, leave no threads behind.</summary>
    [Fact]
    public void ForgottenTrainersLeaveNoThreads()
    {
        using var compiled = GeneratorHarness.Compile(Declaration);
        var threads = Forget(compiled["Net"], 100);
        for (int round = 0; round < 3; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.All(threads, thread => Assert.True(thread.Join(TimeSpan.FromMinutes(1)), $"{threads.Count(one => one.IsAlive)} of {threads.Count} threads run on"));

        [MethodImpl(MethodImplOptions.NoInlining)]
        static List<Thread> Forget(Type type, int trainers)
        {
            var threads = new List<Thread>();
            var model = TestModel.Create(type);
            for (int i = 0; i < trainers; i++)
            {
                var trainer = model.CreateTrainer(threads: 3);
                trainer.Step(new float[17 * 784], new int[17]);
                threads.AddRange(((CnnTrainer)trainer).Team.OwnThreads);
            }

            return threads;
        }
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
