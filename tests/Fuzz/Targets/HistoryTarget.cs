using System.Text;
using StaticCnn.Figures;
using StaticCnn.Figures.History;

namespace StaticCnn.Fuzz.Targets;

/// <summary>The record of a training, which figures and checkpoints read.</summary>
internal static class HistoryTarget
{
    public static FuzzTarget History => new("history", 5, [Sound()], input => TrainingHistory.Parse(Encoding.UTF8.GetString(input)))
    {
        Answers = [typeof(FigureException)],
        Words = ["[", "]", "{", "}", ",", ":", "-1", "1e999", "null", "true", "\"\\ud800\"", "\"epochs\"", "\"weights\"", "\"kernels\"", "[[[[", "2026-02-30"],
    };

    private static byte[] Sound() => Encoding.UTF8.GetBytes(new TrainingHistory(
        new TrainingOrigin("Net", "mnist", "identity", 1, "0.1.0", DateTimeOffset.UnixEpoch, 2, 512, 64, 0.001f, "abc"),
        [new EpochRecord(1.5, 0.25, 0.9, 0.125, 0.95)],
        [0.5f, 0.25f],
        [0.75f, 0.875f],
        new KernelHistory("conv1.weight", [1, 1, 1, 2], [new KernelSnapshot(0, [0.5f, -0.25f]), new KernelSnapshot(2, [0.25f, 0.125f])]),
        [new WeightHistory("conv1.weight", [new Histogram(-1, 1, [1, 1]), new Histogram(-1, 1, [0, 2])])]).ToJson());
}
