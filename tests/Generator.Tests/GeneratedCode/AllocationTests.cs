using StaticCnn;
using StaticCnn.Generated;
using StaticCnn.Verification;

namespace Generator.Tests.GeneratedCode;

/// <summary>After construction nothing allocates, on the caller's thread or on any of the team's.</summary>
public class AllocationTests
{
    private const string Declaration =
        """
        using StaticCnn;
        [CnnModel(2, 9, 8)]
        [Conv2d(5, 3, Padding = 1), ReLU, MaxPool2d(2)]
        [Conv2d(4, 2), Dropout(0.1f), MaxPool2d(2, Stride = 1)]
        [Flatten, Linear(20), ReLU, Dropout(0.2f), Linear(3)]
        [Training(BatchSize = 37)]
        public sealed partial class Net;
        """;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void NothingAllocatesAfterConstruction(int threads)
    {
        using var compiled = GeneratorHarness.Compile(Declaration);
        foreach (int bits in TestModel.Widths)
        {
            var model = TestModel.Create(compiled["Net"], bits);
            using var trainer = model.CreateTrainer(threads);
            using var team = new WorkerTeam(threads);
            float[] images = new float[50 * model.ImageLength], logits = new float[50 * model.ClassCount];
            for (int i = 0; i < images.Length; i++) images[i] = i % 13 / 13f;
            int[] labels = [.. Enumerable.Range(0, 50).Select(i => i % 3)], order = [.. Enumerable.Range(0, 37).Reverse()];
            var data = new LabeledImages(
                new IdxImages(new byte[50 * model.ImageLength], 50, new TensorShape(2, 9, 8)), [.. labels.Select(i => (byte)i)], "test");

            ThreadCensus ofTeam = new(team), ofTrainer = new(((CnnTrainer)trainer).Team);
            for (int i = 0; i < 3; i++)
            {
                Everything();
                _ = ofTeam.Read() + ofTrainer.Read();
            }

            long before = ofTeam.Read() + ofTrainer.Read();
            for (int i = 0; i < 5; i++) Everything();
            Assert.Equal(before, ofTeam.Read() + ofTrainer.Read());

            void Everything()
            {
                trainer.Step(images.AsSpan(0, 37 * model.ImageLength), labels.AsSpan(0, 37));
                trainer.Step(images.AsSpan(0, 3 * model.ImageLength), labels.AsSpan(0, 3));
                trainer.Step(data, order);
                trainer.Evaluate(images, labels);
                model.Forward(images.AsSpan(0, model.ImageLength), logits.AsSpan(0, model.ClassCount));
                model.Predict(images.AsSpan(0, model.ImageLength));
                model.ForwardBatch(images, logits);
                model.ForwardBatch(images, logits, team);
            }
        }
    }
}
