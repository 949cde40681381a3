using System.Collections.Concurrent;

namespace Generator.Tests.GeneratedCode;

/// <summary>The largest differences seen, for whoever sets bounds: STATICCNN_WORST names a file that receives them.</summary>
internal static class Worst
{
    private static readonly string? File = Environment.GetEnvironmentVariable("STATICCNN_WORST");
    private static readonly ConcurrentDictionary<string, double> Seen = new();

    public static void Note(string what, double difference)
    {
        if (File is null) return;
        if (Seen.IsEmpty) AppDomain.CurrentDomain.ProcessExit += (_, _) => Write();
        Seen.AddOrUpdate(what, difference, (_, before) => Math.Max(before, difference));
    }

    private static void Write() => System.IO.File.WriteAllLines(
        File!, Seen.OrderBy(pair => pair.Key).Select(pair => FormattableString.Invariant($"{pair.Value:e2} {pair.Key}")));
}
