using StaticCnn.Figures.Drawing;
using StaticCnn.Figures.Motion;

namespace StaticCnn.Mnist.Report;

/// <summary>Draws a report's pictures, each in both themes.</summary>
internal static class ReportPictures
{
    /// <summary>A figure at two pixels per unit: sharp on a phone, and half the size of the same figure as SVG.</summary>
    public static Picture Of(Figure figure) => new(PairOf(theme => Png(figure.ToPng(theme))), figure.Width, figure.Height);

    /// <summary>Animations as PNG, exact in every frame, drawn at once by as many threads as there are.</summary>
    public static IReadOnlyList<Picture> Of(IReadOnlyList<Animation> animations, int threads, CancellationToken cancellation)
    {
        string[] files = new string[2 * animations.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        Parallel.For(0, files.Length, options, i => files[i] = Apng(animations[i / 2], i % 2 == 0 ? Theme.Light : Theme.Dark, cancellation));
        return [.. animations.Select((animation, i) => new Picture(
            new Pair(files[2 * i], files[2 * i + 1]), animation.Width, animation.Height, PairOf(theme => Png(animation.Still.ToPng(theme, scale: 1)))))];
    }

    private static Pair PairOf(Func<Theme, string> draw) => new(draw(Theme.Light), draw(Theme.Dark));

    private static string Png(byte[] file) => $"data:image/png;base64,{Convert.ToBase64String(file)}";

    private static string Apng(Animation animation, Theme theme, CancellationToken cancellation)
    {
        using var stream = new MemoryStream();
        animation.Write(stream, AnimationFormat.Png, theme, cancellation: cancellation);
        return $"data:image/png;base64,{Convert.ToBase64String(stream.GetBuffer(), 0, (int)stream.Length)}";
    }
}
