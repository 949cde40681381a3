namespace StaticCnn.Generator.Plan;

/// <summary>How Winograd's filtering covers an image: the tile along each axis and how many tiles there are.</summary>
/// <param name="Rows">The filtering along columns of pixels, F(m,r).</param>
/// <param name="Columns">The filtering along rows of pixels.</param>
/// <param name="Height">Output rows.</param>
/// <param name="Width">Output columns.</param>
internal sealed record WinogradTiles(CookToom Rows, CookToom Columns, int Height, int Width)
{
    /// <summary>Products of one tile, one channel pair: t*t.</summary>
    public int Products => Rows.Size * Columns.Size;

    public int TileRows => (Height + Rows.Outputs - 1) / Rows.Outputs;

    public int TileColumns => (Width + Columns.Outputs - 1) / Columns.Outputs;

    /// <summary>
    /// Whether the last row of tiles would stand out below the image. The forward pass then moves it up, computing
    /// some rows twice; a weight gradient cannot, and lets it stand out over zeros.
    /// </summary>
    public bool IsRagged => Height % Rows.Outputs != 0;

    /// <summary>Input columns read beyond those of the last output column.</summary>
    public int Overhang => TileColumns * Columns.Outputs - Width;

    /// <summary>Input rows read beyond those of the last output row, where the last row of tiles stands out.</summary>
    public int RowOverhang => TileRows * Rows.Outputs - Height;
}
