using StaticCnn.Generator.Kernels.Ir;
using StaticCnn.Generator.Plan;
using static StaticCnn.Generator.Kernels.Ir.Values;

namespace StaticCnn.Generator.Kernels;

/// <summary>
/// Convolution of one image, channels in lanes: x [h][w][ic] read one float at a time, weight [kh][kw][ic][oc] and
/// y [oh][ow][oc] in vectors of output channels.
/// </summary>
internal static class ImageConvolutions
{
    public static EquatableArray<Statement> Forward(ImageConvolution operation, Target target)
    {
        var layer = operation.Layer;
        int lanes = target.Lanes, channels = layer.Input.Channels;
        int pitch = View.RoundUp(layer.Output.Channels, lanes);
        var block = new Block();
        block.Split("v", pitch / lanes, operation.Tile.Rows, (outer, v, outs) => outer.For("oh", layer.Output.Height, (line, oh) =>
            line.Split("ow", layer.Output.Width, operation.Tile.Columns, (inner, ow, columns) =>
            {
                inner.Unroll("t", outs, (row, t) => row.Unroll("i", columns, (at, i) =>
                    at.Set(Sum(t, i), Load(operation.Bias, (v + t) * lanes))));
                // With few input channels a whole kernel row is written out, otherwise one tap.
                if (channels <= 4)
                {
                    inner.For("kh", layer.KernelHeight, (at, kh) => at.Unroll("kw", layer.KernelWidth, (tap, kw) =>
                        tap.Unroll("ic", channels, (term, ic) => Term(term, kh, kw, ic))));
                }
                else
                {
                    inner.For("kh", layer.KernelHeight, (at, kh) => at.For("kw", layer.KernelWidth, (tap, kw) =>
                        tap.For("ic", channels, (term, ic) => Term(term, kh, kw, ic))));
                }

                inner.Unroll("t", outs, (row, t) => row.Unroll("i", columns, (at, i) =>
                    at.Store(operation.Y, (v + t) * lanes, oh, ow + i, Sum(t, i))));

                void Term(Block term, Affine kh, Affine kw, Affine ic)
                {
                    term.Unroll("t", outs, (at, t) => at.Set(new Register("weight", t), Load(
                        operation.Weight, (kh * layer.KernelWidth + kw) * (channels * pitch) + ic * pitch + (v + t) * lanes)));
                    term.Unroll("i", columns, (column, i) =>
                    {
                        var x = new Register("x");
                        column.Set(x, Broadcast(operation.X.Buffer, operation.X.Index(
                            ic, oh * layer.StrideHeight + kh - layer.PaddingHeight, (ow + i) * layer.StrideWidth + kw - layer.PaddingWidth)));
                        column.Unroll("t", outs, (at, t) => at.Set(Sum(t, i), MultiplyAdd(x, new Register("weight", t), Sum(t, i))));
                    });
                }
            })));
        return block.Statements;

        static Register Sum(Affine t, Affine i) => new("sum", t, i);
    }
}
