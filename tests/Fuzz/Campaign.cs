using System.Diagnostics;
using System.Globalization;

namespace StaticCnn.Fuzz;

/// <summary>All targets, one after the other, as a table.</summary>
internal static class Campaign
{
    /// <param name="executions">Executions in all, of which each target has its part.</param>
    /// <param name="seed">Seed of the damage.</param>
    /// <param name="only">The only target, with all executions; null for all targets.</param>
    /// <param name="output">Receives the table.</param>
    /// <returns>0, or 1 where there is a finding.</returns>
    public static int Run(long executions, int seed, string? only, TextWriter output)
    {
        output.WriteLine("target         executions   per s  edges  corpus  slowest ms  most allocated");
        bool isClean = true;
        foreach (var target in FuzzTargets.All.Where(target => only is null || target.Name == only))
        {
            isClean &= Run(target, only is null ? executions * target.Percent / 100 : executions, seed, output);
        }
        output.WriteLine(isClean ? "no finding" : string.Create(CultureInfo.InvariantCulture, $"found with seed {seed}"));
        return isClean ? 0 : 1;
    }

    private static bool Run(FuzzTarget target, long executions, int seed, TextWriter output)
    {
        long start = Stopwatch.GetTimestamp();
        try
        {
            var fuzzer = new CoverageFuzzer(target, seed);
            using var watch = new Timer(_ => EndWhereItHangs(target, fuzzer), null, 1000, 1000);
            for (long i = 0; i < executions; i++) fuzzer.Next();
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{target.Name,-13} {executions,11:N0} {executions / Stopwatch.GetElapsedTime(start).TotalSeconds,7:F0} {fuzzer.Edges,6} {fuzzer.Corpus,7} {fuzzer.Slowest.TotalMilliseconds,11:F1} {fuzzer.MostAllocated,15:N0}"));
            return true;
        }
        catch (Finding e)
        {
            output.WriteLine(e.Message);
            return false;
        }
    }

    private static void EndWhereItHangs(FuzzTarget target, CoverageFuzzer fuzzer)
    {
        if (fuzzer.Hanging is not { } input) return;
        Console.Error.WriteLine(new Finding(target, "hangs", input).Message);
        Environment.Exit(1);
    }
}
