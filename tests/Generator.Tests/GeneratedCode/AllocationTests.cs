using System.Reflection;
using StaticCnn;
using StaticCnn.Generated;

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

            var teams = new[] { team, TeamOf(trainer) };
            var census = new Census(threads);
            for (int i = 0; i < 3; i++)
            {
                Everything();
                Array.ForEach(teams, each => census.Read(each));
            }

            long[] before = [.. teams.SelectMany(census.Read)];
            long caller = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 5; i++) Everything();
            Assert.Equal(caller, GC.GetAllocatedBytesForCurrentThread());
            Assert.Equal(before, teams.SelectMany(census.Read));

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

    private static WorkerTeam TeamOf(ICnnTrainer trainer) =>
        (WorkerTeam)typeof(CnnTrainer).GetField("_team", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(trainer)!;

    /// <summary>
    /// Asks each thread of a team but the caller's what it has allocated. The process's total would count the test host, too.
    /// Each task waits for the others, so that each thread takes one.
    /// </summary>
    private sealed class Census(int threads) : IPhasedWork
    {
        private readonly long[] _allocated = new long[threads];
        private int _arrived;

        public long[] Read(WorkerTeam team)
        {
            _arrived = 0;
            team.Run(this, [threads]);
            return _allocated[1..];
        }

        public void Run(int phase, int task, int worker)
        {
            Interlocked.Increment(ref _arrived);
            while (Volatile.Read(ref _arrived) < threads) Thread.Yield();
            _allocated[worker] = GC.GetAllocatedBytesForCurrentThread();
        }
    }
}
