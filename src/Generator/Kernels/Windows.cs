using StaticCnn.Generator.Kernels.Ir;
using StaticCnn.Generator.Plan;
using static StaticCnn.Generator.Kernels.Ir.Values;

namespace StaticCnn.Generator.Kernels;

/// <summary>
/// Pooling with any window, padding and holes: along each axis the windows that leave the image at one place are loops of their own,
/// so that none tests for an edge. Which tap won is kept as its number in the whole window.
/// </summary>
internal static class Windows
{
    /// <summary>Windows of an axis that have the same taps within the image.</summary>
    private sealed record Segment(int First, int Count, int FirstTap, int Taps, int Counted);

    /// <summary>Taps that are written out at most; more stay loops.</summary>
    private const int MostWrittenOut = 25;

    public static EquatableArray<Statement> Forward(WindowOperation operation, Target target)
    {
        var (rows, columns) = (operation.Window.Rows, operation.Window.Columns);
        var block = new Block();
        PointwiseKernels.ForEachChannel(block, operation.Y.Channels, operation.ChannelsInLanes, target, (channel, c) =>
            ForEach(channel, operation.Window, (window, oh, ow, down, across, suffix) =>
            {
                Register best = new("best"), place = new("place"), next = new("next"), larger = new("larger");
                bool isFirst = !IsLarge(down, across);
                window.Set(best, operation.IsMax
                    ? Load(operation.X, c, Position(rows, oh, down.FirstTap), Position(columns, ow, across.FirstTap))
                    : 0f);
                if (operation.Winner is not null) window.Set(place, (float)(down.FirstTap * columns.Size + across.FirstTap));
                Taps(window, columns.Size, down, across, skipFirst: isFirst && operation.IsMax, suffix, (at, number, i, j) =>
                {
                    var x = Load(operation.X, c, Position(rows, oh, i), Position(columns, ow, j));
                    if (!operation.IsMax)
                    {
                        at.Set(best, best + x);
                    }
                    else if (operation.Winner is null)
                    {
                        at.Set(best, Max(best, x));
                    }
                    else
                    {
                        at.Set(next, x);
                        at.Set(larger, Greater(next, best));
                        at.Set(best, Select(larger, next, best));
                        at.Set(place, Select(larger, number, place));
                    }
                });
                Value result = operation.IsMax ? best : best * Share(operation.CountsPadding, down, across);
                window.Store(operation.Y, c, oh, ow, Expressions.Write(window, operation.Outlet, result, c, oh, ow, operation.ChannelsInLanes));
                if (operation.Winner is not null) window.Store(operation.Winner, c, oh, ow, place);
            }));
        return block.Statements;
    }

    public static EquatableArray<Statement> Gradient(WindowGradient operation, Target target)
    {
        var (rows, columns, result) = (operation.Window.Rows, operation.Window.Columns, operation.Result);
        Register gradient = new("gradient"), winner = new("winner");
        var block = new Block();
        block.For("c", result.Channels, (channel, c) =>
        {
            channel.For("ih", result.Height, (line, ih) => line.For("iw", result.Width, (pixel, iw) => pixel.Store(result, c, ih, iw, 0f)));
            ForEach(channel, operation.Window, (window, oh, ow, down, across, suffix) =>
            {
                var dy = Load(operation.Gradient, c, oh, ow);
                window.Set(gradient, operation.IsMax ? dy : dy * Share(operation.CountsPadding, down, across));
                if (operation.Winner is not null) window.Set(winner, Load(operation.Winner, c, oh, ow));
                Taps(window, columns.Size, down, across, skipFirst: false, suffix, (at, number, i, j) =>
                {
                    Affine row = Position(rows, oh, i), column = Position(columns, ow, j);
                    at.Store(result, c, row, column, Load(result, c, row, column)
                        + (operation.IsMax ? Select(Equal(winner, number), gradient, 0f) : gradient));
                });
            });
        });
        return block.Statements;
    }

    private static float Share(bool countsPadding, Segment down, Segment across) =>
        1f / (countsPadding ? down.Counted * across.Counted : down.Taps * across.Taps);

    private static bool IsLarge(Segment down, Segment across) => down.Taps * across.Taps > MostWrittenOut;

    private static Affine Position(Axis axis, Affine window, Affine tap) => window * axis.Stride + tap * axis.Dilation - axis.Before;

    private static void ForEach(Block block, Window window, Action<Block, Affine, Affine, Segment, Segment, string> body)
    {
        int part = 0;
        foreach (var down in Segments(window.Rows))
        {
            foreach (var across in Segments(window.Columns))
            {
                string suffix = part++ == 0 ? "" : FormattableString.Invariant($"_{part}");
                block.For("oh" + suffix, down.Count, (line, r) => line.For("ow" + suffix, across.Count, (at, k) =>
                    body(at, r + down.First, k + across.First, down, across, suffix)));
            }
        }
    }

    private static void Taps(
        Block block, int width, Segment down, Segment across, bool skipFirst, string suffix, Action<Block, Value, Affine, Affine> action)
    {
        if (!IsLarge(down, across))
        {
            for (int i = 0; i < down.Taps; i++)
            {
                for (int j = 0; j < across.Taps; j++)
                {
                    if (skipFirst && i == 0 && j == 0) continue;
                    int row = down.FirstTap + i, column = across.FirstTap + j;
                    action(block, (float)(row * width + column), row, column);
                }
            }

            return;
        }

        Register number = new("number");
        block.Set(number, (float)(down.FirstTap * width + across.FirstTap));
        block.For("tapRow" + suffix, down.Taps, (line, i) =>
        {
            line.For("tapColumn" + suffix, across.Taps, (at, j) =>
            {
                action(at, number, i + down.FirstTap, j + across.FirstTap);
                at.Set(number, number + 1f);
            });
            line.Set(number, number + (float)(width - across.Taps));
        });
    }

    private static List<Segment> Segments(Axis axis)
    {
        var segments = new List<Segment>();
        for (int o = 0; o < axis.Output; o++)
        {
            int start = o * axis.Stride - axis.Before;
            var inside = Enumerable.Range(0, axis.Size).Where(tap => start + tap * axis.Dilation >= 0 && start + tap * axis.Dilation < axis.Input).ToList();
            int first = inside.Count == 0 ? 0 : inside[0];

            // What stands out behind the padding, where the last window is kept all the same, is never counted.
            int counted = Math.Min(axis.Size, Math.Max(1, axis.Input + axis.After - start));
            if (segments.Count > 0 && segments[segments.Count - 1] is var last && (last.FirstTap, last.Taps, last.Counted) == (first, inside.Count, counted))
                segments[segments.Count - 1] = last with { Count = last.Count + 1 };
            else segments.Add(new Segment(o, 1, first, inside.Count, counted));
        }

        return segments;
    }
}
