namespace StaticCnn.Tests.Support;

/// <summary>
/// Which suite runs: the short one, which tests each promise once and in minutes, or, with STATICCNN_LONG=1, the long one, which is
/// everything.
/// </summary>
public static class Suite
{
    /// <summary>Why a test does not run, or null in the long suite.</summary>
    public static string? Skip => IsLong ? null : "in the long suite only: STATICCNN_LONG=1";

    public static bool IsLong { get; } = Environment.GetEnvironmentVariable("STATICCNN_LONG") is "1" or "true";

    /// <summary>How many of something a test tries, where more of the same find rarer faults.</summary>
    /// <param name="shortSuite">As many as show that the promise holds.</param>
    /// <param name="longSuite">As many as an hour allows.</param>
    public static int Count(int shortSuite, int longSuite) => IsLong ? longSuite : shortSuite;
}
