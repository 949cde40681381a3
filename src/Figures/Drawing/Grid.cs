using SkiaSharp;

namespace StaticCnn.Figures.Drawing;

/// <summary>Places of equal size in rows and columns.</summary>
/// <param name="Left">The left edge of the first column.</param>
/// <param name="Top">The top edge of the first row.</param>
/// <param name="Columns">Places of a row.</param>
/// <param name="CellWidth">Units of a place.</param>
/// <param name="CellHeight">Units of a place.</param>
/// <param name="GapX">Units between two columns.</param>
/// <param name="GapY">Units between two rows.</param>
public readonly record struct Grid(float Left, float Top, int Columns, float CellWidth, float CellHeight, float GapX, float GapY)
{
    /// <summary>The place with an index, row by row.</summary>
    public SKRect this[int index]
    {
        get
        {
            float x = Left + index % Columns * (CellWidth + GapX), y = Top + index / Columns * (CellHeight + GapY);
            return new SKRect(x, y, x + CellWidth, y + CellHeight);
        }
    }

    /// <summary>Units from the first column's left edge to the last one's right edge.</summary>
    public float Width => Columns * (CellWidth + GapX) - GapX;

    /// <summary>Units from the first row's top edge to the bottom edge of the row that the last of <paramref name="count"/> places is in.</summary>
    public float HeightOf(int count) => (count + Columns - 1) / Columns * (CellHeight + GapY) - GapY;

    /// <summary>Columns for <paramref name="count"/> places in a shape near a square's, whole rows where that is possible.</summary>
    public static int ColumnsOf(int count)
    {
        int least = (int)Math.Ceiling(Math.Sqrt(count));
        for (int columns = least; columns <= 2 * least; columns++)
        {
            if (count % columns == 0) return columns;
        }
        return least;
    }

    /// <summary>Units of a pixel with which <paramref name="pixels"/> pixels fit into <paramref name="room"/> units: whole ones, halves where they are small.</summary>
    public static float PixelSize(int pixels, float room)
    {
        float size = room / pixels;
        return size >= 1 ? MathF.Floor(size) : size >= 0.5f ? 0.5f : size;
    }
}
