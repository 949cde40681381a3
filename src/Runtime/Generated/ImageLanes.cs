using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace StaticCnn.Generated;

/// <summary>Copies images, [n,C,H,W], into the layouts of the kernels.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ImageLanes
{
    /// <summary>
    /// Batch in lanes: image n becomes lane n; lanes without an image become 0, so that they compute harmlessly.
    /// </summary>
    /// <param name="images">At most as many images as there are lanes.</param>
    /// <param name="destination">The place of element (0,0,0).</param>
    /// <param name="place">Extents and pitches.</param>
    public static void Load(ReadOnlySpan<float> images, ref float destination, in LanePlace place)
    {
        int length = place.Channels * place.Height * place.Width;
        int count = images.Length / length;
        if (count == place.Lanes)
        {
            LoadFull(ref MemoryMarshal.GetReference(images), length, ref destination, place);
            return;
        }

        nint source = 0;
        for (int c = 0; c < place.Channels; c++)
        {
            for (int h = 0; h < place.Height; h++)
            {
                ref float row = ref Unsafe.Add(ref destination, ((nint)c * place.ChannelPitch) + ((nint)h * place.RowPitch));
                for (int w = 0; w < place.Width; w++, source++)
                {
                    ref float vector = ref Unsafe.Add(ref row, (nint)w * place.Lanes);
                    for (int lane = 0; lane < place.Lanes; lane++)
                    {
                        Unsafe.Add(ref vector, lane) = lane < count ? images[(lane * length) + (int)source] : 0;
                    }
                }
            }
        }
    }

    /// <summary>One image with any pitches.</summary>
    public static void Load(ReadOnlySpan<float> image, ref float destination, in ActivationPlace place)
    {
        int source = 0;
        for (int c = 0; c < place.Channels; c++)
        {
            for (int h = 0; h < place.Height; h++, source += place.Width)
            {
                ref float row = ref Unsafe.Add(ref destination, Index(place, c, h, 0));
                var pixels = image.Slice(source, place.Width);
                if (place.ColumnPitch == 1)
                {
                    pixels.CopyTo(MemoryMarshal.CreateSpan(ref row, place.Width));
                    continue;
                }

                for (int w = 0; w < pixels.Length; w++) Unsafe.Add(ref row, (nint)w * place.ColumnPitch) = pixels[w];
            }
        }
    }

    /// <summary>The reverse of <see cref="Load(ReadOnlySpan{float}, ref float, in ActivationPlace)"/>: a layer's output as [C,H,W].</summary>
    public static void Store(ref float source, in ActivationPlace place, Span<float> destination)
    {
        int target = 0;
        for (int c = 0; c < place.Channels; c++)
        {
            for (int h = 0; h < place.Height; h++)
            {
                for (int w = 0; w < place.Width; w++)
                {
                    float value = Unsafe.Add(ref source, Index(place, c, h, w));
                    destination[target++] = place.Relu && value < 0 ? 0 : value;
                }
            }
        }
    }

    private static nint Index(in ActivationPlace place, int c, int h, int w) =>
        ((nint)c * place.ChannelPitch) + ((nint)h * place.RowPitch) + ((nint)w * place.ColumnPitch);

    private static void LoadFull(ref float source, int length, ref float destination, in LanePlace place)
    {
        int pixel = 0;
        for (int c = 0; c < place.Channels; c++)
        {
            for (int h = 0; h < place.Height; h++, pixel += place.Width)
            {
                ref float row = ref Unsafe.Add(ref destination, ((nint)c * place.ChannelPitch) + ((nint)h * place.RowPitch));
                ref float pixels = ref Unsafe.Add(ref source, pixel);
                int w = 0;
                // Squares of four pixels by four images; what is left of the row goes pixel by pixel.
                for (; w + 4 <= place.Width; w += 4)
                {
                    for (int lane = 0; lane < place.Lanes; lane += 4)
                    {
                        LaneTranspose.Block128(
                            ref Unsafe.Add(ref pixels, ((nint)lane * length) + w), length,
                            ref Unsafe.Add(ref row, ((nint)w * place.Lanes) + lane), place.Lanes);
                    }
                }

                for (; w < place.Width; w++)
                {
                    for (int lane = 0; lane < place.Lanes; lane++)
                    {
                        Unsafe.Add(ref row, ((nint)w * place.Lanes) + lane) = Unsafe.Add(ref pixels, ((nint)lane * length) + w);
                    }
                }
            }
        }
    }
}
