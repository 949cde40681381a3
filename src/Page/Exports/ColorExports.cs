using System.Runtime.InteropServices.JavaScript;
using StaticCnn.Figures.Drawing;

namespace StaticCnn.Page;

/// <summary>The colours of the project's figures, for the page's scripts.</summary>
internal static partial class ColorExports
{
    /// <summary>A map's colours, evenly from its first to its last.</summary>
    /// <param name="name">viridis or rdbu.</param>
    /// <param name="count">How many.</param>
    /// <returns>Red, green, blue, 255 for each.</returns>
    [JSExport]
    internal static byte[] Map(string name, int count)
    {
        var map = name == "rdbu" ? ColorMap.RdBu : ColorMap.Viridis;
        var colors = new byte[4 * count];
        for (int i = 0; i < count; i++)
        {
            var color = map.At((double)i / (count - 1));
            (colors[4 * i], colors[4 * i + 1], colors[4 * i + 2], colors[4 * i + 3]) = (color.Red, color.Green, color.Blue, 255);
        }
        return colors;
    }
}
