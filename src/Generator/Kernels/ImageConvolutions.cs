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
                    at.Store(
                        operation.Y, (v + t) * lanes, oh, ow + i,
                        Expressions.Write(at, operation.Outlet, Sum(t, i), (v + t) * lanes, oh, ow + i, channelsInLanes: true))));

                void Term(Block term, Affine kh, Affine kw, Affine ic)
                {
                    term.Unroll("t", outs, (at, t) => at.Set(new Register("weight", t), Load(
                        operation.Weight, (kh * layer.KernelWidth + kw) * (channels * pitch) + ic * pitch + (v + t) * lanes)));
                    term.Unroll("i", columns, (column, i) =>
                    {
                        var x = new Register("x");
                        column.Set(x, Broadcast(operation.X.Buffer, operation.X.Index(
                            ic, oh * layer.StrideHeight + kh * layer.DilationHeight - layer.PaddingHeight, (ow + i) * layer.StrideWidth + kw * layer.DilationWidth - layer.PaddingWidth)));
                        column.Unroll("t", outs, (at, t) => at.Set(Sum(t, i), MultiplyAdd(x, new Register("weight", t), Sum(t, i))));
                    });
                }
            })));
        return block.Statements;

        static Register Sum(Affine t, Affine i) => new("sum", t, i);
    }

    /// <summary>Each channel by itself: x, weight [kh][kw][c] and y in vectors of channels.</summary>
    public static EquatableArray<Statement> Depthwise(ImageDepthwise operation, Target target)
    {
        var layer = operation.Layer;
        int lanes = target.Lanes, pitch = View.RoundUp(layer.Output.Channels, lanes);
        var block = new Block();
        block.For("v", pitch / lanes, (outer, v) => outer.For("oh", layer.Output.Height, (line, oh) =>
            line.Split("ow", layer.Output.Width, operation.Columns, (inner, ow, columns) =>
            {
                inner.Unroll("i", columns, (at, i) => at.Set(new Register("sum", i), Load(operation.Bias, v * lanes)));
                inner.For("kh", layer.KernelHeight, (row, kh) => row.Unroll("kw", layer.KernelWidth, (tap, kw) =>
                {
                    var weight = new Register("weight");
                    tap.Set(weight, Load(operation.Weight, (kh * layer.KernelWidth + kw) * pitch + v * lanes));
                    tap.Unroll("i", columns, (at, i) => at.Set(new Register("sum", i), MultiplyAdd(
                        Load(
                            operation.X, v * lanes, oh * layer.StrideHeight + kh * layer.DilationHeight - layer.PaddingHeight,
                            (ow + i) * layer.StrideWidth + kw * layer.DilationWidth - layer.PaddingWidth),
                        weight, new Register("sum", i))));
                }));
                inner.Unroll("i", columns, (at, i) => at.Store(operation.Y, v * lanes, oh, ow + i, Expressions.Write(
                    at, operation.Outlet, new Register("sum", i), v * lanes, oh, ow + i, channelsInLanes: true)));
            })));
        return block.Statements;
    }

    /// <summary>A value into some channels of another: whole vectors where they fall together, else float by float.</summary>
    public static EquatableArray<Statement> Channels(ImageChannels operation, Target target)
    {
        var (x, y, lanes) = (operation.X, operation.Y, target.Lanes);
        bool isWhole = operation.First % lanes == 0;
        int vectors = isWhole ? x.Channels / lanes : 0;
        var block = new Block();
        block.For("h", x.Height, (line, h) => line.For("w", x.Width, (pixel, w) =>
        {
            pixel.For("v", vectors, (at, v) => at.Store(y, v * lanes + operation.First, h, w, Load(x, v * lanes, h, w)));
            pixel.For("c", x.Channels - vectors * lanes, (at, c) => at.Move(
                x.Buffer, x.Index(c + vectors * lanes, h, w), y.Buffer, y.Index(c + (vectors * lanes + operation.First), h, w)));
        }));
        return block.Statements;
    }

    /// <summary>y[c*H*W + h*W + w] = x[h][w][c].</summary>
    public static EquatableArray<Statement> Flatten(ImageFlatten operation)
    {
        var (x, y) = (operation.X, operation.Y);
        var block = new Block();
        block.For("h", x.Height, (line, h) => line.For("w", x.Width, (pixel, w) => pixel.For("c", x.Channels, (at, c) => at.Move(
            x.Buffer, x.Index(c, h, w), y.Buffer, y.Index(c * (x.Height * x.Width) + h * x.Width + w, 0, 0)))));
        return block.Statements;
    }
}
