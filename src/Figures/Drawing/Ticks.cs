using System.Globalization;

namespace StaticCnn.Figures.Drawing;

/// <summary>Round numbers along an axis.</summary>
public static class Ticks
{
    /// <summary>Multiples of 1, 2 or 5 times a power of ten from <paramref name="low"/> to <paramref name="high"/>, about <paramref name="count"/> of them.</summary>
    public static double[] Of(double low, double high, int count)
    {
        if (!(high > low)) return [low];
        double raw = (high - low) / Math.Max(1, count);
        double power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        double step = power * (raw / power) switch { <= 1.5 => 1, <= 3 => 2, <= 7 => 5, _ => 10 };
        long first = (long)Math.Ceiling(low / step - 1e-6), last = (long)Math.Floor(high / step + 1e-6);
        var ticks = new double[last - first + 1];
        for (long i = first; i <= last; i++) ticks[i - first] = i * step;
        return ticks;
    }

    /// <summary>A tick's number with a real minus sign, without digits that say nothing.</summary>
    public static string Text(double value) =>
        Math.Round(value, 6).ToString("#,0.######", CultureInfo.InvariantCulture).Replace('-', '\u2212');
}
