namespace StaticCnn.Images.Reading;

/// <summary>
/// Collects a picture's rows. A large picture is made smaller by a whole factor as it comes, each pixel the mean of those that it
/// stands for: what follows needs no more detail, and a photo of many megapixels should cost neither time nor memory.
/// </summary>
internal sealed class Shrinker
{
    private const int LongestSide = 1024;

    private readonly int _factor;
    private readonly int _width;
    private readonly int _height;
    private readonly float[] _pixels;
    private int _rows;

    /// <param name="width">Columns of the rows that come.</param>
    /// <param name="height">Rows that come.</param>
    public Shrinker(int width, int height)
    {
        _factor = (Math.Max(width, height) + LongestSide - 1) / LongestSide;
        // The last block of a side may be cut off: fewer pixels than the factor of thousands.
        _width = Math.Max(1, width / _factor);
        _height = Math.Max(1, height / _factor);
        _pixels = new float[_width * _height];
    }

    /// <summary>What a colour's brightness looks like, by the weights of ITU-R BT.601.</summary>
    public static float Grey(float red, float green, float blue) => 0.299f * red + 0.587f * green + 0.114f * blue;

    /// <summary>Takes the next row, 0 is black and 1 is white.</summary>
    public void Add(ReadOnlySpan<float> row)
    {
        int to = _rows++ / _factor;
        if (to >= _height) return;
        var sums = _pixels.AsSpan(to * _width, _width);
        if (_factor == 1)
        {
            row.CopyTo(sums);
            return;
        }
        for (int x = 0; x < sums.Length; x++)
        {
            foreach (float value in row.Slice(x * _factor, Math.Min(_factor, row.Length - x * _factor))) sums[x] += value;
        }
    }

    /// <summary>The picture, once all rows have come.</summary>
    public Picture ToPicture()
    {
        // A side below the factor is one block, with fewer pixels in it.
        float block = Math.Min(_factor, Math.Max(1, _rows)) * (float)_factor;
        if (_factor > 1)
        {
            for (int i = 0; i < _pixels.Length; i++) _pixels[i] = Math.Min(1, _pixels[i] / block);
        }
        return new Picture(_width, _height, _pixels);
    }
}
