using System.Runtime.InteropServices;
using SkiaSharp;

namespace StaticCnn.Figures.Motion;

/// <summary>Finds what one frame changes of the frame before. Frames have no transparent pixels, so in a change these mean: as before.</summary>
/// <param name="info">The frames' size and pixels of four bytes.</param>
internal sealed class FrameChanges(SKImageInfo info)
{
    private readonly uint[] _before = new uint[info.Width * info.Height];

    /// <summary>The pixels that a frame changes. The caller disposes of the bitmap.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="place">The smallest rectangle around them whose left and top are even, as WebP needs them.</param>
    public SKBitmap Next(SKPixmap frame, out SKRectI place)
    {
        var now = MemoryMarshal.Cast<byte, uint>(frame.GetPixelSpan());
        place = PlaceOf(now);
        var change = new SKBitmap(new SKImageInfo(place.Width, place.Height, info.ColorType, SKAlphaType.Unpremul));
        var pixels = MemoryMarshal.Cast<byte, uint>(change.GetPixelSpan());
        for (int y = 0; y < place.Height; y++)
        {
            int start = (place.Top + y) * info.Width + place.Left;
            for (int x = 0; x < place.Width; x++)
                pixels[y * place.Width + x] = now[start + x] == _before[start + x] ? 0 : now[start + x];
        }
        now.CopyTo(_before);
        return change;
    }

    private SKRectI PlaceOf(ReadOnlySpan<uint> now)
    {
        int left = info.Width, top = info.Height, right = 0, bottom = 0;
        for (int y = 0; y < info.Height; y++)
        {
            var row = now.Slice(y * info.Width, info.Width);
            var before = _before.AsSpan(y * info.Width, info.Width);
            int first = row.CommonPrefixLength(before);
            if (first == info.Width) continue;
            int last = info.Width - 1;
            while (row[last] == before[last]) last--;
            (left, right) = (Math.Min(left, first), Math.Max(right, last + 1));
            (top, bottom) = (Math.Min(top, y), y + 1);
        }
        return right == 0 ? new SKRectI(0, 0, 1, 1) : new SKRectI(left & ~1, top & ~1, right, bottom);
    }
}
