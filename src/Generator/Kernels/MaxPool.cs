using StaticCnn.Generator.Kernels.Ir;
using StaticCnn.Generator.Plan;
using static StaticCnn.Generator.Kernels.Ir.Values;
using MaxPool2dLayer = StaticCnn.Generator.Layers.MaxPool2d;

namespace StaticCnn.Generator.Kernels;

/// <summary>
/// Max pooling: y[c][oh][ow] is the largest x[c][oh*s+r][ow*s+k] of its window. For the backward pass the winner's
/// place in the window, r*width+k, is kept as a number: the first largest in scan order, as PyTorch has it.
/// </summary>
internal static class MaxPool
{
    public static EquatableArray<Statement> Forward(PoolForward operation)
    {
        var layer = operation.Layer;
        var block = new Block();
        ForEachWindow(block, operation.Y, (window, c, oh, ow) => Window(
            window, layer, (r, k) => Load(operation.X, c, oh * layer.StrideHeight + r, ow * layer.StrideWidth + k),
            operation.Y, operation.Winner, c, oh, ow));
        return block.Statements;
    }

    /// <summary>Writes the largest of one window, 0 if a fused ReLU finds it negative, and which it was.</summary>
    public static void Window(
        Block block, MaxPool2dLayer layer, Func<Affine, Affine, Value> x, View y, View? winner, Affine channel, Affine row, Affine column,
        bool relu = false)
    {
        Register best = new("best"), place = new("place"), next = new("next"), larger = new("larger");
        block.Set(best, x(0, 0));
        if (winner is not null) block.Set(place, 0f);
        ForEachPlace(block, layer, first: IsLarge(layer) ? 0 : 1, (at, number, r, k) =>
        {
            if (winner is null)
            {
                at.Set(best, Max(best, x(r, k)));
            }
            else
            {
                at.Set(next, x(r, k));
                at.Set(larger, Greater(next, best));
                at.Set(best, Select(larger, next, best));
                at.Set(place, Select(larger, number, place));
            }
        });

        block.Store(y, channel, row, column, relu ? Relu(best) : best);
        if (winner is not null) block.Store(winner, channel, row, column, place);
    }

    /// <summary>
    /// dx = dy at each window's winner, 0 at its other values. What no window covers was zero from the start and stays
    /// so. With a fused ReLU, dy counts only where y is positive; a fused convolution's bias gradient is summed on the way.
    /// </summary>
    public static EquatableArray<Statement> Unpool(Unpool operation)
    {
        var block = new Block();
        Unpool(block, operation, first: 0, operation.Layer.Output.Channels);
        return block.Statements;
    }

    /// <summary>The same for some channels, whose result stands in channels from 0 on.</summary>
    public static void Unpool(Block block, Unpool operation, Affine first, int channels)
    {
        var layer = operation.Layer;
        Register gradient = new("gradient"), winner = new("winner"), sum = new("sum");
        block.For("c", channels, (channel, c) =>
        {
            var from = first + c;
            if (operation.BiasGradient is not null) channel.Set(sum, 0f);
            channel.For("ph", layer.Output.Height, (line, ph) => line.For("pw", layer.Output.Width, (window, pw) =>
            {
                var dy = Load(operation.Gradient, from, ph, pw);
                window.Set(gradient, operation.Output is null ? dy : Select(Greater(Load(operation.Output, from, ph, pw), 0f), dy, 0f));
                if (operation.BiasGradient is not null) window.Set(sum, sum + gradient);
                window.Set(winner, Load(operation.Winner, from, ph, pw));
                ForEachPlace(window, layer, 0, (at, place, r, k) => at.Store(
                    operation.Result, c, ph * layer.StrideHeight + r, pw * layer.StrideWidth + k,
                    Select(Equal(winner, place), gradient, 0f)));
            }));
            if (operation.BiasGradient is not null) channel.StoreSum(operation.BiasGradient, from, sum);
        });
    }

    /// <summary>The same where windows overlap: a value may win several windows, so their gradients add up.</summary>
    public static EquatableArray<Statement> Gradient(PoolGradient operation)
    {
        var layer = operation.Layer;
        var block = new Block();
        Register gradient = new("gradient"), winner = new("winner");
        block.For("c", layer.Output.Channels, (channel, c) =>
        {
            channel.For("ih", layer.Input.Height, (line, ih) => line.For("iw", layer.Input.Width, (pixel, iw) =>
                pixel.Store(operation.Result, c, ih, iw, 0f)));
            channel.For("oh", layer.Output.Height, (line, oh) => line.For("ow", layer.Output.Width, (window, ow) =>
            {
                window.Set(gradient, Load(operation.Gradient, c, oh, ow));
                window.Set(winner, Load(operation.Winner, c, oh, ow));
                ForEachPlace(window, layer, 0, (at, place, r, k) =>
                {
                    Affine row = oh * layer.StrideHeight + r, column = ow * layer.StrideWidth + k;
                    at.Store(operation.Result, c, row, column,
                        Load(operation.Result, c, row, column) + Select(Equal(winner, place), gradient, 0f));
                });
            }));
        });
        return block.Statements;
    }

    /// <summary>One image, channels in lanes: the same window for as many channels as there are lanes.</summary>
    public static EquatableArray<Statement> Image(ImagePool operation, Target target)
    {
        var layer = operation.Layer;
        int vectors = View.RoundUp(layer.Output.Channels, target.Lanes) / target.Lanes;
        var block = new Block();
        block.For("oh", layer.Output.Height, (line, oh) => line.For("ow", layer.Output.Width, (pixel, ow) =>
            pixel.For("v", vectors, (window, v) => Window(
                window, layer, (r, k) => Load(operation.X, v * target.Lanes, oh * layer.StrideHeight + r, ow * layer.StrideWidth + k),
                operation.Y, null, v * target.Lanes, oh, ow, operation.Relu))));
        return block.Statements;
    }

    /// <summary>Windows that are larger stay loops, lest a window as large as the image make an endless method.</summary>
    private const int MostWrittenOut = 25;

    private static bool IsLarge(MaxPool2dLayer layer) => layer.WindowHeight * layer.WindowWidth > MostWrittenOut;

    /// <summary>The places of a window in scan order, each with its number as a value: a constant, or a count kept beside the loops.</summary>
    private static void ForEachPlace(Block block, MaxPool2dLayer layer, int first, Action<Block, Value, Affine, Affine> action)
    {
        if (!IsLarge(layer))
        {
            for (int i = first; i < layer.WindowHeight * layer.WindowWidth; i++) action(block, i, i / layer.WindowWidth, i % layer.WindowWidth);
            return;
        }

        var number = new Register("number");
        block.Set(number, 0f);
        block.For("windowRow", layer.WindowHeight, (row, r) => row.For("windowColumn", layer.WindowWidth, (at, k) =>
        {
            action(at, number, r, k);
            at.Set(number, number + 1f);
        }));
    }

    private static void ForEachWindow(Block block, View y, Action<Block, Affine, Affine, Affine> action) =>
        block.For("c", y.Channels, (channel, c) => channel.For("oh", y.Height, (line, oh) => line.For("ow", y.Width, (window, ow) =>
            action(window, c, oh, ow))));
}
