using StaticCnn.Generator.Kernels.Ir;
using StaticCnn.Generator.Plan;
using static StaticCnn.Generator.Kernels.Ir.Values;
using Conv2dLayer = StaticCnn.Generator.Layers.Conv2d;
using MaxPool2dLayer = StaticCnn.Generator.Layers.MaxPool2d;

namespace StaticCnn.Generator.Kernels;

/// <summary>
/// Direct convolution, batch in lanes: x [ic][h][w], weight [oc][ic][kh][kw], y [oc][oh][ow], a vector holding one value
/// of every image of the shard.
/// </summary>
internal static class Convolution
{
    /// <summary>y[oc][oh][ow] = bias[oc] + sum over ic, kh, kw of x[ic][oh*s+kh-p][ow*s+kw-p] * weight[oc][ic][kh][kw].</summary>
    public static EquatableArray<Statement> Forward(ConvolutionForward operation, Target target)
    {
        var layer = operation.Layer;
        var rows = Taps.Forward(layer.KernelHeight, layer.StrideHeight, layer.PaddingHeight, layer.Output.Height, layer.DilationHeight);
        var columns = Taps.Forward(layer.KernelWidth, layer.StrideWidth, layer.PaddingWidth, layer.Output.Width, layer.DilationWidth);
        var block = new Block();
        block.For("g", layer.Groups, (group, g) => group.Split("oc", layer.OutsPerGroup, operation.Tile.Rows, (inner, one, outs) =>
        {
            var (oc, ic) = (g * layer.OutsPerGroup + one, g * layer.InsPerGroup);
            if (operation.Pool is { } pool) PooledRows(inner, oc, ic, outs, pool);
            else inner.For("oh", layer.Output.Height, (body, oh) => Row(body, oc, ic, outs, oh, layer.Output.Width,
                (store, t, ow, value) => store.Store(operation.Y, oc + t, oh, ow, Expressions.Write(store, operation.Outlet, value, oc + t, oh, ow))));
        }));
        return block.Statements;

        // The rows under one row of pooling windows go to a small buffer first, and are pooled from there.
        void PooledRows(Block inner, Affine oc, Affine ic, int outs, MaxPool2dLayer pool)
        {
            int width = (pool.Output.Width - 1) * pool.StrideWidth + pool.WindowWidth;
            var scratch = new View(
                operation.Rows!, outs, pool.WindowHeight, width, 0, pool.WindowHeight * width * target.Lanes, width * target.Lanes, target.Lanes);
            inner.For("ph", pool.Output.Height, (body, ph) =>
            {
                body.For("r", pool.WindowHeight, (row, r) => Row(row, oc, ic, outs, ph * pool.StrideHeight + r, width,
                    (store, t, ow, value) => store.Store(scratch, t, r, ow, value)));
                body.For("pw", pool.Output.Width, (window, pw) => window.Unroll("t", outs, (channel, t) => MaxPool.Window(
                    channel, pool, (r, c) => Load(scratch, t, r, pw * pool.StrideWidth + c),
                    operation.Y, operation.Winner, oc + t, ph, pw, operation.Relu)));
            });
        }

        void Row(Block inner, Affine oc, Affine first, int outs, Affine oh, int width, Action<Block, Affine, Affine, Value> store) =>
            inner.Split("ow", width, operation.Tile.Columns, (body, ow, size) =>
            {
                var tile = new Tile(outs, size);
                Begin(body, tile, t => operation.Bias is null ? 0f : Broadcast(operation.Bias, oc + t));
                Accumulate(body, tile, rows, columns, oh, ow, first, layer.InsPerGroup, operation.X, (t, ic, kh, kw) =>
                    Broadcast(operation.Weight, WeightIndex(layer, oc + t, ic, kh, kw)));
                End(body, tile, (last, t, i, sum) => store(last, t, ow + i, operation.Relu && operation.Pool is null ? Relu(sum) : sum));
            });
    }

    /// <summary>
    /// dx[ic][ih][iw] = sum over oc, kh, kw of dy[oc][oh][ow] * weight[oc][ic][kh][kw] for all oh, ow, kh, kw with
    /// oh*s+kh-p = ih and ow*s+kw-p = iw.
    /// </summary>
    public static EquatableArray<Statement> InputGradient(ConvolutionInputGradient operation)
    {
        var layer = operation.Layer;
        var block = new Block();
        int phase = 0;
        foreach (var rows in Taps.InputGradient(layer.KernelHeight, layer.StrideHeight, layer.PaddingHeight, layer.Input.Height, layer.DilationHeight))
        {
            foreach (var columns in Taps.InputGradient(layer.KernelWidth, layer.StrideWidth, layer.PaddingWidth, layer.Input.Width, layer.DilationWidth))
            {
                if (layer.StrideHeight * layer.StrideWidth > 1)
                {
                    block.Remark($"input rows {rows.OutStart}, {rows.OutStart + rows.OutStep}, ..., columns {columns.OutStart}, {columns.OutStart + columns.OutStep}, ...");
                }

                // Each phase is a loop nest of its own, and so needs variables of its own.
                string suffix = phase++ == 0 ? "" : "_" + phase;
                block.For("g" + suffix, layer.Groups, (group, g) => group.Split("ic" + suffix, layer.InsPerGroup, operation.Tile.Rows, (inner, ic, outs) =>
                    inner.For("ih" + suffix, rows.Positions, (body, ih) => Row(body, rows, columns, g, ic, outs, ih, suffix))));
            }
        }

        return block.Statements;

        void Row(Block inner, Taps rows, Taps columns, Affine g, Affine one, int outs, Affine ih, string suffix) =>
            inner.Split("iw" + suffix, columns.Positions, operation.Tile.Columns, (body, iw, size) =>
            {
                var tile = new Tile(outs, size);
                Begin(body, tile, _ => 0f);
                var ic = g * layer.InsPerGroup + one;
                Accumulate(body, tile, rows, columns, ih, iw, g * layer.OutsPerGroup, layer.OutsPerGroup, operation.Gradient, (t, oc, kh, kw) =>
                    Broadcast(operation.Weight, WeightIndex(layer, g * layer.OutsPerGroup + oc, one + t, kh, kw)));
                End(body, tile, (last, t, i, sum) =>
                {
                    Affine row = ih * rows.OutStep + rows.OutStart, column = (iw + i) * columns.OutStep + columns.OutStart;
                    last.Store(operation.Result, ic + t, row, column, operation.Outlet is null
                        ? Elementwise.Gated(operation.Gate, sum, ic + t, row, column)
                        : Expressions.Write(last, operation.Outlet, sum, ic + t, row, column));
                });
            });
    }

    /// <summary>dweight[oc][ic][kh][kw] = sum over oh, ow and the lanes of dy[oc][oh][ow] * x[ic][oh*s+kh-p][ow*s+kw-p].</summary>
    public static EquatableArray<Statement> WeightGradient(ConvolutionWeightGradient operation)
    {
        var block = new Block();
        block.For("g", operation.Layer.Groups, (group, g) => group.Split("oc", operation.Layer.OutsPerGroup, operation.Tile.OutChannels, (outer, one, outs) =>
        {
            var oc = g * operation.Layer.OutsPerGroup + one;
            WeightGradient(outer, operation, oc, outs, gradient: oc, first: g * operation.Layer.InsPerGroup);
        }));
        return block.Statements;
    }

    /// <summary>The same behind a pooling: dy is made from the pooled gradient for as many output channels as are summed up at once.</summary>
    public static EquatableArray<Statement> PooledWeightGradient(PooledWeightGradient operation)
    {
        var block = new Block();
        block.Split("oc", operation.Weight.Layer.Output.Channels, operation.Weight.Tile.OutChannels, (outer, oc, outs) =>
        {
            MaxPool.Unpool(outer, operation.Unpool, oc, outs);
            WeightGradient(outer, operation.Weight, oc, outs, gradient: 0, first: 0);
        });
        return block.Statements;
    }

    /// <summary>Some output channels' weight gradients; dy stands in the channels from <paramref name="gradient"/> on.</summary>
    private static void WeightGradient(Block block, ConvolutionWeightGradient operation, Affine oc, int outs, Affine gradient, Affine first)
    {
        var layer = operation.Layer;
        int taps = layer.KernelWidth;
        block.Split("ic", layer.InsPerGroup, operation.Tile.InChannels, (inner, ic, ins) =>
            inner.For("kh", layer.KernelHeight, (body, kh) =>
            {
                ForEach(body, (at, t, u, kw) => at.Set(Sum(t, u, kw), 0f));
                body.For("oh", layer.Output.Height, (row, oh) => row.For("ow", layer.Output.Width, (pixel, ow) =>
                {
                    pixel.Unroll("t", outs, (at, t) => at.Set(new Register("dy", t), Load(operation.Gradient, gradient + t, oh, ow)));
                    pixel.Unroll("u", ins, (channel, u) => channel.Unroll("kw", taps, (tap, kw) =>
                    {
                        var x = new Register("x");
                        tap.Set(x, Load(operation.X, first + ic + u,
                            oh * layer.StrideHeight + kh * layer.DilationHeight - layer.PaddingHeight,
                            ow * layer.StrideWidth + kw * layer.DilationWidth - layer.PaddingWidth));
                        tap.Unroll("t", outs, (at, t) => at.Set(Sum(t, u, kw), MultiplyAdd(x, new Register("dy", t), Sum(t, u, kw))));
                    }));
                }));
                ForEach(body, (at, t, u, kw) => at.StoreSum(operation.Result, WeightIndex(layer, oc + t, ic + u, kh, kw), Sum(t, u, kw)));

                void ForEach(Block at, Action<Block, Affine, Affine, Affine> action) => at.Unroll("t", outs, (a, t) =>
                    a.Unroll("u", ins, (b, u) => b.Unroll("kw", taps, (c, kw) => action(c, t, u, kw))));
            }));

        static Register Sum(Affine t, Affine u, Affine kw) => new("sum", t, u, kw);
    }

    /// <summary>dweight[c][kh][kw] where each channel is by itself: as many taps at a time as there are registers for.</summary>
    public static EquatableArray<Statement> DepthwiseWeightGradient(DepthwiseWeightGradient operation, Target target)
    {
        var layer = operation.Layer;
        int rows = Math.Max(1, Math.Min(layer.KernelHeight, (target.Registers - 4) / layer.KernelWidth));
        var block = new Block();
        block.For("c", layer.Output.Channels, (channel, c) => channel.Split("kh", layer.KernelHeight, rows, (some, kh, size) =>
        {
            ForEach(some, (at, i, j) => at.Set(new Register("sum", i, j), 0f));
            some.For("oh", layer.Output.Height, (line, oh) => line.For("ow", layer.Output.Width, (pixel, ow) =>
            {
                var dy = new Register("dy");
                pixel.Set(dy, Load(operation.Gradient, c, oh, ow));
                ForEach(pixel, (at, i, j) => at.Set(new Register("sum", i, j), MultiplyAdd(
                    Load(
                        operation.X, c, oh * layer.StrideHeight + (kh + i) * layer.DilationHeight - layer.PaddingHeight,
                        ow * layer.StrideWidth + j * layer.DilationWidth - layer.PaddingWidth),
                    dy, new Register("sum", i, j))));
            }));
            ForEach(some, (at, i, j) => at.StoreSum(operation.Result, WeightIndex(layer, c, 0, kh + i, j), new Register("sum", i, j)));

            void ForEach(Block at, Action<Block, Affine, Affine> action) =>
                at.Unroll("i", size, (line, i) => line.Unroll("j", layer.KernelWidth, (tap, j) => action(tap, i, j)));
        }));
        return block.Statements;
    }

    /// <summary>dbias[oc] = sum over oh, ow and the lanes of dy[oc][oh][ow].</summary>
    public static EquatableArray<Statement> BiasGradient(BiasGradient operation)
    {
        var block = new Block();
        var sum = new Register("sum");
        block.For("oc", operation.Gradient.Channels, (channel, oc) =>
        {
            channel.Set(sum, 0f);
            channel.For("oh", operation.Gradient.Height, (row, oh) => row.For("ow", operation.Gradient.Width, (pixel, ow) =>
                pixel.Set(sum, sum + Load(operation.Gradient, oc, oh, ow))));
            channel.StoreSum(operation.Result, oc, sum);
        });
        return block.Statements;
    }

    public static Affine WeightIndex(Conv2dLayer layer, Affine oc, Affine ic, Affine kh, Affine kw) =>
        (oc * layer.InsPerGroup + ic) * layer.Taps + kh * layer.KernelWidth + kw;

    private static Register Accumulator(Affine t, Affine i) => new("sum", t, i);

    private static void Begin(Block block, Tile tile, Func<Affine, Value> first) =>
        block.Unroll("t", tile.Rows, (row, t) => row.Unroll("i", tile.Columns, (at, i) => at.Set(Accumulator(t, i), first(t))));

    private static void End(Block block, Tile tile, Action<Block, Affine, Affine, Value> use) =>
        block.Unroll("t", tile.Rows, (row, t) => row.Unroll("i", tile.Columns, (at, i) => use(at, t, i, Accumulator(t, i))));

    /// <summary>Adds to a tile of sums over input channels and taps; the taps of one kernel row are written out.</summary>
    private static void Accumulate(
        Block block, Tile tile, Taps rows, Taps columns, Affine row, Affine column, Affine first, int channels, View x,
        Func<Affine, Affine, Affine, Affine, Value> weight)
    {
        block.For("c", channels, (outer, c) => outer.For("kh", rows.Count, (inner, j) => inner.Unroll("kw", columns.Count, (tap, k) =>
        {
            Affine kh = j * rows.KernelStep + rows.KernelStart, kw = k * columns.KernelStep + columns.KernelStart;
            tap.Unroll("t", tile.Rows, (at, t) => at.Set(new Register("weight", t), weight(t, c, kh, kw)));
            tap.Unroll("i", tile.Columns, (at, i) =>
            {
                var value = new Register("x");
                at.Set(value, Load(x, first + c,
                    row * rows.InStep + rows.InStart + j * rows.InTapStep,
                    (column + i) * columns.InStep + columns.InStart + k * columns.InTapStep));
                at.Unroll("t", tile.Rows, (sum, t) => sum.Set(Accumulator(t, i), MultiplyAdd(value, new Register("weight", t), Accumulator(t, i))));
            });
        })));
    }
}
