using SkiaSharp;

namespace StaticCnn.Figures.Drawing;

/// <summary>Draws shapes as boxes: rows and columns in front, channels in depth; a vector as an upright bar.</summary>
/// <param name="layers">The layers whose shapes are to be compared.</param>
internal sealed class BlockSizes(ReadOnlySpan<LayerInfo> layers)
{
    private const float Face = 62;
    private const float Depth = 26;
    private const float BarWidth = 12;
    private const float BarHeight = 150;

    private readonly int _side = Largest(layers, shape => shape.IsVector ? 1 : Math.Max(shape.Height, shape.Width));
    private readonly int _channels = Largest(layers, shape => shape.IsVector ? 1 : shape.Channels);
    private readonly int _length = Largest(layers, shape => shape.IsVector ? shape.Length : 1);

    /// <summary>Units from left to right.</summary>
    public float WidthOf(TensorShape shape) => shape.IsVector ? BarWidth : WidthOf(shape.Width) + DepthOf(shape.Channels);

    /// <summary>Draws a shape around a middle.</summary>
    public void Draw(Canvas canvas, float x, float y, TensorShape shape, SKColor color)
    {
        if (shape.IsVector)
        {
            float length = Math.Max(10, BarHeight * MathF.Log(shape.Length + 1) / MathF.Log(_length + 1));
            Fill(canvas, color, 60, [new(x - BarWidth / 2, y - length / 2), new(x + BarWidth / 2, y - length / 2), new(x + BarWidth / 2, y + length / 2), new(x - BarWidth / 2, y + length / 2)]);
            return;
        }
        float width = WidthOf(shape.Width), height = WidthOf(shape.Height), depth = DepthOf(shape.Channels), rise = 0.6f * depth;
        float left = x - (width + depth) / 2, top = y - (height + rise) / 2 + rise, right = left + width, bottom = top + height;
        if (depth > 0)
        {
            Fill(canvas, color, 35, [new(left, top), new(left + depth, top - rise), new(right + depth, top - rise), new(right, top)]);
            Fill(canvas, color, 95, [new(right, top), new(right + depth, top - rise), new(right + depth, bottom - rise), new(right, bottom)]);
        }
        Fill(canvas, color, 60, [new(left, top), new(right, top), new(right, bottom), new(left, bottom)]);
    }

    // By roots and logarithms: 28 pixels beside 7, and 32 channels beside 1, are both to be seen.
    private float WidthOf(int pixels) => Face * MathF.Sqrt((float)pixels / _side);

    private float DepthOf(int channels) => channels == 1 ? 0 : Depth * MathF.Log2(channels) / MathF.Log2(Math.Max(2, _channels));

    private static void Fill(Canvas canvas, SKColor color, byte alpha, ReadOnlySpan<SKPoint> corners)
    {
        using var builder = new SKPathBuilder();
        builder.MoveTo(corners[0]);
        foreach (var corner in corners[1..]) builder.LineTo(corner);
        builder.Close();
        using var path = builder.Detach();
        canvas.Fill(path, color.WithAlpha(alpha));
        canvas.Outline(path, color, 1.25f);
    }

    private static int Largest(ReadOnlySpan<LayerInfo> layers, Func<TensorShape, int> size)
    {
        int largest = size(layers[0].Input);
        foreach (var layer in layers) largest = Math.Max(largest, size(layer.Output));
        return largest;
    }
}
