using SkiaSharp;

namespace StaticCnn.Figures.Drawing;

/// <summary>A colour as people see it (CIE 1976, white point D65): equal distances look about equally different.</summary>
/// <param name="L">Lightness from 0, black, to 100, white.</param>
/// <param name="A">From green (negative) to red.</param>
/// <param name="B">From blue (negative) to yellow.</param>
internal readonly record struct CieLab(double L, double A, double B)
{
    private const double WhiteX = 0.95047, WhiteZ = 1.08883;
    private const double Epsilon = 216.0 / 24389, Kappa = 24389.0 / 27; // The CIE's exact values of 0.008856 and 903.3.

    public static CieLab Of(SKColor color)
    {
        double r = Linear(color.Red), g = Linear(color.Green), b = Linear(color.Blue);
        double x = Root((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / WhiteX);
        double y = Root(0.2126729 * r + 0.7151522 * g + 0.0721750 * b);
        double z = Root((0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / WhiteZ);
        return new CieLab(116 * y - 16, 500 * (x - y), 200 * (y - z));
    }

    public static CieLab Mix(CieLab from, CieLab to, double t) =>
        new(from.L + t * (to.L - from.L), from.A + t * (to.A - from.A), from.B + t * (to.B - from.B));

    /// <summary>The nearest colour of sRGB, channel by channel.</summary>
    public SKColor ToColor()
    {
        double fy = (L + 16) / 116;
        double x = WhiteX * Cube(fy + A / 500), y = Cube(fy), z = WhiteZ * Cube(fy - B / 200);
        return new SKColor(
            Byte(3.2404542 * x - 1.5371385 * y - 0.4985314 * z),
            Byte(-0.9692660 * x + 1.8760108 * y + 0.0415560 * z),
            Byte(0.0556434 * x - 0.2040259 * y + 1.0572252 * z));
    }

    private static double Linear(byte level)
    {
        double v = level / 255.0;
        return v <= 0.04045 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4);
    }

    private static byte Byte(double linear)
    {
        double v = linear <= 0.0031308 ? 12.92 * linear : 1.055 * Math.Pow(linear, 1 / 2.4) - 0.055;
        return (byte)Math.Round(255 * Math.Clamp(v, 0, 1));
    }

    private static double Root(double t) => t > Epsilon ? Math.Cbrt(t) : (Kappa * t + 16) / 116;

    private static double Cube(double t) => t * t * t > Epsilon ? t * t * t : (116 * t - 16) / Kappa;
}
