using System.Diagnostics;
using System.Runtime;

namespace StaticCnn.Bench;

/// <summary>What the just-in-time compiler takes before a process has made its first training step.</summary>
internal static class Jit
{
    public static void Measure<TModel>() where TModel : class, ICnnModel<TModel>
    {
        var jitBefore = JitInfo.GetCompilationTime();
        long methodsBefore = JitInfo.GetCompiledMethodCount();
        long start = Stopwatch.GetTimestamp();
        using var trainer = TModel.CreateTrainer(TModel.Create(), 1, 0);
        var images = new float[trainer.BatchSize * TModel.ImageLength];
        var labels = new int[trainer.BatchSize];
        trainer.Step(images, labels);
        double first = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        double jit = (JitInfo.GetCompilationTime() - jitBefore).TotalMilliseconds;
        long methods = JitInfo.GetCompiledMethodCount() - methodsBefore;
        start = Stopwatch.GetTimestamp();
        trainer.Step(images, labels);
        double second = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        Console.WriteLine(FormattableString.Invariant(
            $"{{\"jit\":{{\"model\":\"{TModel.ModelName}\",\"jitMs\":{jit:F1},\"methods\":{methods},\"createAndFirstStepMs\":{first:F1},\"nextStepMs\":{second:F2}}}}}"));
    }
}
