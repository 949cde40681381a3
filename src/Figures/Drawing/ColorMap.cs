using SkiaSharp;

namespace StaticCnn.Figures.Drawing;

/// <summary>A map from numbers to colours whose differences in lightness say how the numbers differ.</summary>
public sealed class ColorMap
{
    private readonly CieLab[] _stops;

    private ColorMap(CieLab[] stops) => _stops = stops;

    /// <summary>
    /// From dark violet to yellow, ever lighter: for values from zero on. Matplotlib's default, by Smith and van der Walt
    /// (public domain), at every eighth of its 256 colours.
    /// </summary>
    public static ColorMap Viridis { get; } = new(
    [
        .. new uint[]
        {
            0x440154, 0x470d60, 0x48186a, 0x482374, 0x472d7b, 0x453781, 0x424086, 0x3e4989, 0x3b528b, 0x375b8d, 0x33638d,
            0x2f6b8e, 0x2c728e, 0x297a8e, 0x26828e, 0x23898e, 0x21918c, 0x1f978b, 0x1f9f88, 0x21a685, 0x27ad81, 0x31b57b,
            0x3dbc74, 0x4cc26c, 0x5cc863, 0x6ece58, 0x81d34d, 0x95d840, 0xaadc32, 0xc0df25, 0xd5e21a, 0xeae51a, 0xfde725,
        }.Select(rgb => CieLab.Of(new SKColor(0xFF000000 | rgb))),
    ]);

    /// <summary>
    /// From red through white to blue: for values on both sides of zero. The hues of ColorBrewer's RdBu (Brewer, Harrower);
    /// their lightness is evened out, so that equal distances from zero look equally strong.
    /// </summary>
    public static ColorMap RdBu { get; } = new(
    [
        new(20.0, 42.2, 13.4), new(40.4, 58.6, 31.6), new(56.6, 45.1, 33.4), new(75.8, 25.3, 30.0), new(89.8, 8.8, 14.2),
        new(97.2, 0, 0),
        new(89.8, -4.4, -7.6), new(75.8, -10.6, -17.8), new(56.6, -9.4, -32.1), new(40.4, 4.4, -43.4), new(20.0, 7.2, -32.9),
    ]);

    /// <summary>From black to white, linear in the pixel's value: for the images themselves.</summary>
    public static ColorMap Gray { get; } = new([]);

    /// <summary>The colour of a number.</summary>
    /// <param name="t">From 0, the first colour, to 1, the last; what lies outside takes the nearer end. What is not a number takes the first.</param>
    public SKColor At(double t)
    {
        t = double.IsNaN(t) ? 0 : Math.Clamp(t, 0, 1);
        if (_stops.Length == 0)
        {
            byte level = (byte)Math.Round(255 * t);
            return new SKColor(level, level, level);
        }
        double place = t * (_stops.Length - 1);
        int stop = Math.Min((int)place, _stops.Length - 2);
        return CieLab.Mix(_stops[stop], _stops[stop + 1], place - stop).ToColor();
    }
}
