using Microsoft.Playwright;
using StaticCnn.Mnist.Data.Procedural;

namespace StaticCnn.Page.Tests.Support;

/// <summary>A hand that writes digits on the page's paper, along the skeletons of the procedural digits.</summary>
internal static class Hand
{
    /// <summary>Strokes of a digit, each a list of points from 0 to 1 across the paper.</summary>
    public static List<List<(float X, float Y)>> Strokes(int digit, int number)
    {
        var random = DigitRandom.For(11, (ulong)number);
        var ink = new Ink();
        Curve.Trace(Style.Pick(Styles.Of(digit), ref random), ink, ref random);
        var strokes = new List<List<(float X, float Y)>>();
        for (int i = 0; i < ink.Count; i++)
        {
            if (!ink.Joined[i]) strokes.Add([]);
            strokes[^1].Add((0.25f + 0.6f * ink.X[i] / 100, 0.2f + 0.6f * ink.Y[i] / 100));
        }
        return strokes;
    }

    /// <summary>Draws strokes with the mouse.</summary>
    public static async Task DrawAsync(IPage page, IEnumerable<List<(float X, float Y)>> strokes)
    {
        var box = (await page.Locator("#paper").BoundingBoxAsync())!;
        foreach (var stroke in strokes)
        {
            await page.Mouse.MoveAsync(X(stroke[0]), Y(stroke[0]));
            await page.Mouse.DownAsync();
            foreach (var point in stroke.Skip(1)) await page.Mouse.MoveAsync(X(point), Y(point));
            await page.Mouse.UpAsync();
        }

        float X((float X, float Y) point) => box.X + point.X * box.Width;

        float Y((float X, float Y) point) => box.Y + point.Y * box.Height;
    }
}
