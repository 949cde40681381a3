namespace StaticCnn.Generator.Plan;

/// <summary>
/// A value [C,H,W] in a buffer. Coordinates may leave the image by as much as the border allows: there the buffer
/// holds zeros, so that padding costs neither tests nor special edges.
/// </summary>
/// <param name="Buffer">Where it lives.</param>
/// <param name="Channels">Channels, or the length of a vector.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Origin">Index of element (0,0,0).</param>
/// <param name="ChannelPitch">Floats from one channel to the next.</param>
/// <param name="RowPitch">Floats from one row to the next.</param>
/// <param name="ColumnPitch">Floats from one column to the next.</param>
internal sealed record View(
    Buffer Buffer, int Channels, int Height, int Width, int Origin, int ChannelPitch, int RowPitch, int ColumnPitch)
{
    public int Length => Channels * Height * Width;

    public Affine Index(Affine channel, Affine row, Affine column) =>
        channel * ChannelPitch + row * RowPitch + column * ColumnPitch + Origin;

    /// <summary>Batch in lanes, [channel][row][column][lane]: one vector holds one value of as many images as there are lanes.</summary>
    public static View BatchInLanes(
        string name, Space space, int lanes, int channels, int height, int width, Border border, int copies = 1, bool keeps = false)
    {
        int rows = height + border.Top + border.Bottom, columns = width + border.Left + border.Right;
        // Transposes work on whole blocks of rows, so the count of vectors is rounded up.
        int vectors = RoundUp(channels * rows * columns, 16);
        bool padded = border != Border.None || vectors != channels * rows * columns;
        var buffer = new Buffer(name, space, vectors * lanes, copies, keeps || padded);
        return new View(
            buffer, channels, height, width, (border.Top * columns + border.Left) * lanes,
            rows * columns * lanes, columns * lanes, lanes);
    }

    /// <summary>Channels in lanes, [row][column][channel]: one vector holds neighbouring channels of one pixel.</summary>
    public static View ChannelsInLanes(string name, int lanes, Shape shape, Border border)
    {
        int pitch = RoundUp(shape.Channels, lanes);
        int rows = shape.Height + border.Top + border.Bottom, columns = shape.Width + border.Left + border.Right;
        var buffer = new Buffer(name, Space.Image, RoundUp(rows * columns * pitch, 16), Keeps: true);
        return new View(
            buffer, shape.Channels, shape.Height, shape.Width, (border.Top * columns + border.Left) * pitch, 1, columns * pitch, pitch);
    }

    /// <summary>The same values as a vector of C*H*W; the view must have no border.</summary>
    public View Flattened(int lanes) => new(Buffer, Length, 1, 1, Origin, lanes, lanes, lanes);

    public static int RoundUp(int value, int multiple) => checked((value + multiple - 1) / multiple * multiple);
}

/// <summary>Zero rows and columns around an image.</summary>
internal sealed record Border(int Top, int Left, int Bottom, int Right)
{
    public static Border None { get; } = new(0, 0, 0, 0);

    /// <summary>A border as wide as the wider of two on each side.</summary>
    public Border Union(Border other) => new(
        Math.Max(Top, other.Top), Math.Max(Left, other.Left), Math.Max(Bottom, other.Bottom), Math.Max(Right, other.Right));
}
