using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace StaticCnn.Generated;

/// <summary>Repacks parameters for the kernels of one image, in which a vector holds neighbouring outputs.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Packing
{
    /// <summary>[outs][ins][taps] as [taps][groups*ins][outs padded to pitch]; what a group does not read stays zero.</summary>
    public static void Convolution(ref float weight, int outs, int ins, int taps, ref float destination, int pitch, int groups = 1)
    {
        for (int o = 0; o < outs; o++)
        {
            for (int i = 0; i < ins; i++)
            {
                for (int t = 0; t < taps; t++)
                {
                    Unsafe.Add(ref destination, (((nint)t * ins * groups) + (o / (outs / groups) * ins) + i) * pitch + o) = Unsafe.Add(ref weight, (((nint)o * ins) + i) * taps + t);
                }
            }
        }
    }

    /// <summary>
    /// [outs][inputs in C,H,W order, rows padded] as [place of the input][outs padded to pitch], so that the
    /// layer reads its input in the order in which it lies.
    /// </summary>
    public static void Linear(ref float weight, int outs, int rowPitch, in ActivationPlace input, ref float destination, int pitch)
    {
        // Outputs innermost in blocks of 16: both sides then move through whole cache lines.
        for (int first = 0; first < outs; first += 16)
        {
            int last = Math.Min(outs, first + 16);
            nint feature = 0;
            for (int c = 0; c < input.Channels; c++)
            {
                for (int h = 0; h < input.Height; h++)
                {
                    for (int w = 0; w < input.Width; w++, feature++)
                    {
                        nint place = ((nint)c * input.ChannelPitch) + ((nint)h * input.RowPitch) + ((nint)w * input.ColumnPitch);
                        for (int o = first; o < last; o++)
                        {
                            Unsafe.Add(ref destination, (place * pitch) + o) = Unsafe.Add(ref weight, ((nint)o * rowPitch) + feature);
                        }
                    }
                }
            }
        }
    }

    /// <summary>A bias; what follows it stays zero.</summary>
    public static void Bias(ref float bias, int outs, ref float destination)
    {
        for (int o = 0; o < outs; o++) Unsafe.Add(ref destination, o) = Unsafe.Add(ref bias, o);
    }
}
