using SkiaSharp;

namespace StaticCnn.Figures.Motion;

/// <summary>Puts frames into the container of an animated image.</summary>
internal interface IAnimationWriter
{
    /// <summary>Adds a frame.</summary>
    /// <param name="change">The pixels that it changes; it is transparent where they stay.</param>
    /// <param name="place">Where they are.</param>
    /// <param name="duration">How long the frame is shown.</param>
    void Add(SKBitmap change, SKRectI place, TimeSpan duration);

    /// <summary>Writes the file.</summary>
    void WriteTo(Stream stream);
}
