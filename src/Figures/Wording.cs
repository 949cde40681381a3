using System.Globalization;

namespace StaticCnn.Figures;

/// <summary>Numbers in the figures' text, the same in every culture.</summary>
internal static class Wording
{
    /// <summary><c>9,871</c>.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary><c>98.71 %</c>; what is not all but would be rounded to 100 % is <c>&gt;99.99 %</c>.</summary>
    public static string Percent(double share, int decimals = 2)
    {
        double percent = Math.Round(100 * share, decimals);
        bool isLess = share < 1 && percent >= 100;
        if (isLess) percent = 100 - Math.Pow(10, -decimals);
        return (isLess ? ">" : "") + percent.ToString($"F{decimals}", CultureInfo.InvariantCulture) + " %";
    }

    /// <summary>A softmax's output as <see cref="Percent"/>: never all, though a float may round to it.</summary>
    public static string Probability(float probability) => Percent(Math.Min(probability, Math.BitDecrement(1.0)), 1);

    /// <summary><c>1 kernel</c>, <c>16 kernels</c>.</summary>
    public static string Plural(long count, string noun) => $"{Count(count)} {noun}{(count == 1 ? "" : "s")}";

    /// <summary><c>conv1 + ReLU</c> for a ReLU behind conv1, else the layer's own name.</summary>
    public static string NameOf(ReadOnlySpan<LayerInfo> layers, int layer) =>
        layers[layer].Attribute is ReLUAttribute && layer > 0 ? $"{layers[layer - 1].Name} + ReLU" : layers[layer].Name;
}
