using System.Runtime.InteropServices;
using SkiaSharp;

namespace StaticCnn.Figures.Motion;

/// <summary>
/// At most 256 colours for a frame: Skia compresses lossless WebP many times better with a palette. The most frequent colours stay; the
/// others, mostly smooth edges of lines and letters, are rounded to fewer levels, and the rarest of these to the nearest of the others.
/// </summary>
internal static class Palette
{
    private const int MostColors = 256;
    private const int ExactColors = 64;

    /// <summary>Steps between two levels of red, green and blue, to be tried in turn; a change by half of the last is hard to see.</summary>
    private static readonly int[] Steps = [3, 5, 15];

    /// <summary>Reduces the colours of an image in place.</summary>
    public static void Reduce(SKBitmap bitmap)
    {
        var pixels = MemoryMarshal.Cast<byte, uint>(bitmap.GetPixelSpan());
        var counts = new Dictionary<uint, int>();
        foreach (uint pixel in pixels) CollectionsMarshal.GetValueRefOrAddDefault(counts, pixel, out _)++;
        if (counts.Count <= MostColors) return;
        counts[0] = int.MaxValue; // Transparent means: as before. It stays.
        uint[] colors = [.. counts.OrderByDescending(color => color.Value).ThenBy(color => color.Key).Select(color => color.Key)];
        var places = new Dictionary<uint, uint>();
        foreach (int step in Steps)
        {
            for (int i = 0; i < colors.Length; i++) places[colors[i]] = i < ExactColors ? colors[i] : Round(colors[i], step);
            if (places.Values.Distinct().Count() <= MostColors) break;
        }
        uint[] rounded =
            [.. places.GroupBy(place => place.Value, place => (long)counts[place.Key]).OrderByDescending(group => group.Sum()).ThenBy(group => group.Key).Select(group => group.Key)];
        uint[] kept = rounded[..Math.Min(MostColors, rounded.Length)];
        var nearest = new Dictionary<uint, uint>();
        foreach (uint color in rounded) nearest[color] = kept.Contains(color) ? color : Nearest(color, kept.AsSpan(1)); // The first is transparent.
        foreach (ref uint pixel in pixels) pixel = nearest[places[pixel]];
    }

    private static uint Nearest(uint color, ReadOnlySpan<uint> kept)
    {
        uint nearest = color;
        int least = int.MaxValue;
        foreach (uint other in kept)
        {
            int red = (int)(color & 0xFF) - (int)(other & 0xFF), green = (int)(color >> 8 & 0xFF) - (int)(other >> 8 & 0xFF);
            int blue = (int)(color >> 16 & 0xFF) - (int)(other >> 16 & 0xFF), distance = 2 * red * red + 4 * green * green + blue * blue;
            if (distance < least) (least, nearest) = (distance, other);
        }
        return nearest;
    }

    /// <summary>An opaque colour in multiples of a step that divides 255, so that black and white stay.</summary>
    private static uint Round(uint color, int step)
    {
        uint Level(int shift) => (uint)(((int)(color >> shift & 0xFF) + step / 2) / step * step) << shift;
        return (color & 0xFF000000) | Level(0) | Level(8) | Level(16);
    }
}
