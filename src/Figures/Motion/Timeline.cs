using System.Collections.Immutable;

namespace StaticCnn.Figures.Motion;

/// <summary>What one frame shows of a kernel on its way.</summary>
/// <param name="Row">The padded input's row at which the window stands; between two of them on its way.</param>
/// <param name="Column">The column likewise.</param>
/// <param name="Place">The output whose window is worked on.</param>
/// <param name="Done">Outputs that have appeared.</param>
/// <param name="ProductRows">Rows of products that have been computed.</param>
/// <param name="HasSum">Whether they have been added up.</param>
/// <param name="IsSlow">Whether there is time to read numbers.</param>
internal readonly record struct Moment(float Row, float Column, int Place, int Done, int ProductRows, bool HasSum, bool IsSlow);

/// <summary>The pace of a kernel over its input: step by step at the start and where the most happens, and fast in between.</summary>
internal static class Timeline
{
    private const int SlowAtStart = 3;
    private const int SlowAtFocus = 2; // Places before and behind the focus.
    private const int TweenFrames = 4;
    private const int MostProductSteps = 5;
    private const int TweenMilliseconds = 40;
    private const int FastMilliseconds = 10_000; // For all of the fast places.
    private const int MostFastMilliseconds = 100;

    /// <summary>The frames and how long each is shown.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="focus">The output that it pauses at.</param>
    /// <param name="fastFrames">About how many frames the fast places may take.</param>
    public static ImmutableArray<(Moment Moment, int Milliseconds)> Of(SlidingKernel kernel, int focus, int fastFrames)
    {
        var frames = ImmutableArray.CreateBuilder<(Moment, int)>();
        int places = kernel.Output.Length, width = kernel.Layer.Output.Width;
        int step = (places + fastFrames - 1) / fastFrames, milliseconds = Math.Min(FastMilliseconds * step / places, MostFastMilliseconds);
        bool IsSlow(int place) => place < SlowAtStart || (Math.Abs(place - focus) <= SlowAtFocus && place / width == focus / width);
        for (int place = 0; place < places;)
        {
            if (IsSlow(place))
            {
                AddSlow(frames, kernel, place);
                place++;
                continue;
            }
            // A fast frame shows the window at the last place that it covers, and does not run past a slow one.
            int last = place;
            while (last + 1 < Math.Min(places, place + step) && !IsSlow(last + 1)) last++;
            frames.Add((At(kernel, last, last + 1, kernel.Rows, hasSum: true, isSlow: false), milliseconds));
            place = last + 1;
        }
        frames.Add((At(kernel, places - 1, places, kernel.Rows, hasSum: true, isSlow: true), 2500));
        return frames.ToImmutable();
    }

    private static void AddSlow(ImmutableArray<(Moment, int)>.Builder frames, SlidingKernel kernel, int place)
    {
        if (place > 0)
        {
            for (int i = 1; i < TweenFrames; i++)
            {
                float part = (float)i / TweenFrames, eased = part * part * (3 - 2 * part);
                frames.Add((
                    new Moment(
                        float.Lerp(kernel.RowOf(place - 1), kernel.RowOf(place), eased), float.Lerp(kernel.ColumnOf(place - 1), kernel.ColumnOf(place), eased),
                        place, place, ProductRows: 0, HasSum: false, IsSlow: true),
                    TweenMilliseconds));
            }
        }
        frames.Add((At(kernel, place, place, productRows: 0, hasSum: false, isSlow: true), 300));
        int steps = Math.Min(kernel.Rows, MostProductSteps);
        for (int i = 1; i <= steps; i++)
            frames.Add((At(kernel, place, place, kernel.Rows * i / steps, hasSum: false, isSlow: true), 90));
        frames.Add((At(kernel, place, place, kernel.Rows, hasSum: true, isSlow: true), 350));
        frames.Add((At(kernel, place, place + 1, kernel.Rows, hasSum: true, isSlow: true), 700));
    }

    private static Moment At(SlidingKernel kernel, int place, int done, int productRows, bool hasSum, bool isSlow) =>
        new(kernel.RowOf(place), kernel.ColumnOf(place), place, done, productRows, hasSum, isSlow);
}
