using System.Globalization;

namespace StaticCnn.Mnist.Report;

/// <summary>Numbers in a report's text, the same in every culture and language.</summary>
internal static class Numbers
{
    /// <summary><c>9,871</c>.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary><c>98.71 %</c>, with a space that does not break.</summary>
    public static string Percent(double share, int decimals = 2) => (100 * share).ToString($"F{decimals}", CultureInfo.InvariantCulture) + "\u00A0%";

    /// <summary>With a number of decimals.</summary>
    public static string Fixed(double value, int decimals) => value.ToString($"F{decimals}", CultureInfo.InvariantCulture);
}
