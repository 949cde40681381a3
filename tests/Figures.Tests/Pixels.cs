using SkiaSharp;
using StaticCnn.Figures.Drawing;

namespace StaticCnn.Figures.Tests;

/// <summary>A figure as pixels, one per unit, to be asked about.</summary>
internal sealed class Pixels : IDisposable
{
    private readonly SKBitmap _bitmap;

    public Pixels(Figure figure, Theme? theme = null)
    {
        using var image = figure.Render(theme ?? Theme.Light, scale: 1);
        _bitmap = SKBitmap.FromImage(image);
    }

    public SKColor this[float x, float y] => _bitmap.GetPixel((int)x, (int)y);

    public int Width => _bitmap.Width;

    public int Height => _bitmap.Height;

    public void Dispose() => _bitmap.Dispose();

    /// <summary>Pixels of a colour within an area.</summary>
    public int Count(SKColor color, SKRect? area = null)
    {
        var place = area ?? new SKRect(0, 0, Width, Height);
        int count = 0;
        for (int y = (int)place.Top; y < (int)place.Bottom; y++)
        {
            for (int x = (int)place.Left; x < (int)place.Right; x++) count += _bitmap.GetPixel(x, y) == color ? 1 : 0;
        }
        return count;
    }

    /// <summary>The columns from the first to the last pixel of a colour within an area.</summary>
    public int WidthOf(Predicate<SKColor> isColor, SKRect area)
    {
        int first = int.MaxValue, last = int.MinValue;
        for (int y = (int)area.Top; y < (int)area.Bottom; y++)
        {
            for (int x = (int)area.Left; x < (int)area.Right; x++)
            {
                if (isColor(_bitmap.GetPixel(x, y))) (first, last) = (Math.Min(first, x), Math.Max(last, x));
            }
        }
        return Math.Max(0, last - first + 1);
    }
}
