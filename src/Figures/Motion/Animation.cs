using System.Collections.Immutable;
using SkiaSharp;
using StaticCnn.Figures.Drawing;

namespace StaticCnn.Figures.Motion;

/// <summary>A sequence of drawings that runs for ever, as an animated WebP or PNG; the same bytes each time.</summary>
/// <param name="name">Its name, such as <c>convolution</c>.</param>
/// <param name="alternative">What it shows, in words.</param>
/// <param name="width">Units, a 96th of an inch each.</param>
/// <param name="height">Units.</param>
/// <param name="frames">Its drawings in their order.</param>
/// <param name="still">The index of the frame that stands for all of them in print.</param>
public sealed class Animation(string name, string alternative, int width, int height, ImmutableArray<AnimationFrame> frames, int still)
{
    /// <summary>Pixels per unit unless another scale is asked for.</summary>
    public const float DefaultScale = 1;

    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>What it shows, in words.</summary>
    public string Alternative { get; } = alternative;

    /// <summary>Units from left to right.</summary>
    public int Width { get; } = width;

    /// <summary>Units from top to bottom.</summary>
    public int Height { get; } = height;

    /// <summary>Its drawings in their order.</summary>
    public ImmutableArray<AnimationFrame> Frames { get; } = frames;

    /// <summary>The frame that stands for all of them in print.</summary>
    public Figure Still => FigureOf(still);

    /// <summary>One frame as a figure.</summary>
    public Figure FigureOf(int frame) => new(Name, Alternative, Width, Height, Frames[frame].Draw);

    /// <summary>How long it takes once.</summary>
    public TimeSpan Duration => new(Frames.Sum(frame => frame.Duration.Ticks));

    /// <summary>Writes it as an animated image.</summary>
    /// <param name="stream">Receives the file.</param>
    /// <param name="format">The kind of file.</param>
    /// <param name="theme">The colours.</param>
    /// <param name="scale">Pixels per unit.</param>
    /// <param name="progress">Receives the number of frames written.</param>
    /// <param name="cancellation">Ends the work between two frames.</param>
    public void Write(
        Stream stream, AnimationFormat format, Theme theme, float scale = DefaultScale, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        var info = new SKImageInfo(
            (int)MathF.Ceiling(Width * scale), (int)MathF.Ceiling(Height * scale), SKColorType.Rgba8888, SKAlphaType.Premul);
        var changes = new FrameChanges(info);
        IAnimationWriter writer = format == AnimationFormat.WebP ? new WebPWriter(info.Size) : new PngWriter(info.Size);
        using var surface = SKSurface.Create(info);
        surface.Canvas.Scale(scale);
        var canvas = new Canvas(surface.Canvas, theme);
        for (int frame = 0; frame < Frames.Length; frame++)
        {
            cancellation.ThrowIfCancellationRequested();
            FigureOf(frame).Draw(canvas);
            using var pixels = surface.PeekPixels();
            using var change = changes.Next(pixels, out var place);
            writer.Add(change, place, Frames[frame].Duration);
            progress?.Report(frame + 1);
        }
        writer.WriteTo(stream);
    }

    /// <summary>Writes it as a file, whole or not at all; the name's ending says which kind of file.</summary>
    /// <exception cref="ArgumentException">The name ends otherwise than <see cref="FormatOf"/> knows.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <inheritdoc cref="Write"/>
    public void Save(string path, Theme theme, float scale = DefaultScale, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        var format = FormatOf(path) ?? throw new ArgumentException($"The file's name should end in .webp, .png or .apng, not '{path}'.", nameof(path));
        AtomicFile.Write(path, stream => Write(stream, format, theme, scale, progress, cancellation));
    }

    /// <summary>The kind of file that a name stands for: .webp, .png, .apng; null for others.</summary>
    public static AnimationFormat? FormatOf(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".webp" => AnimationFormat.WebP,
        ".png" or ".apng" => AnimationFormat.Png,
        _ => null,
    };
}

/// <summary>One drawing of an animation.</summary>
/// <param name="Duration">How long it is shown.</param>
/// <param name="Draw">Draws it; the background is there already.</param>
public sealed record AnimationFrame(TimeSpan Duration, Action<Canvas> Draw);

/// <summary>Kinds of animated images.</summary>
public enum AnimationFormat
{
    /// <summary>Animated WebP: the smaller one where few colours change.</summary>
    WebP,

    /// <summary>Animated PNG; programs that do not know it show its first frame.</summary>
    Png,
}
