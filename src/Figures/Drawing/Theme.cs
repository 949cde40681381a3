using SkiaSharp;

namespace StaticCnn.Figures.Drawing;

/// <summary>The colours of a figure. Text has a contrast of at least 4.5 to 1 on <see cref="Background"/> and on <see cref="Panel"/>.</summary>
/// <param name="Name"><c>light</c> or <c>dark</c>.</param>
/// <param name="Background">What the figure stands on.</param>
/// <param name="Panel">A block that stands out from the background.</param>
/// <param name="Line">Frames, axes and grids.</param>
/// <param name="Ink">Text.</param>
/// <param name="Muted">Text of less importance.</param>
/// <param name="Right">A right answer.</param>
/// <param name="Wrong">A wrong answer.</param>
/// <param name="First">The first series of a chart, such as what was measured in training.</param>
/// <param name="Second">The second series, such as what was measured on test images.</param>
public sealed record Theme(
    string Name, SKColor Background, SKColor Panel, SKColor Line, SKColor Ink, SKColor Muted, SKColor Right, SKColor Wrong, SKColor First, SKColor Second)
{
    /// <summary>For white pages.</summary>
    public static Theme Light { get; } = new(
        "light", new(0xFFFFFFFF), new(0xFFF3F5F7), new(0xFFCDD4DB), new(0xFF1B2026), new(0xFF56606B),
        new(0xFF1A7F37), new(0xFFC8202C), new(0xFF1561B8), new(0xFFB04A00));

    /// <summary>For dark pages.</summary>
    public static Theme Dark { get; } = new(
        "dark", new(0xFF0D1117), new(0xFF171C23), new(0xFF39414A), new(0xFFE8EDF2), new(0xFFA0AAB5),
        new(0xFF45C05B), new(0xFFFF6B62), new(0xFF62AEFF), new(0xFFF39A4E));

    /// <summary>The theme with a name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Theme Named(string name) =>
        name == Light.Name ? Light : name == Dark.Name ? Dark : throw new ArgumentException($"There is no theme '{name}'; there are light and dark.", nameof(name));
}
