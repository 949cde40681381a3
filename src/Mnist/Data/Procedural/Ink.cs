namespace StaticCnn.Mnist.Data.Procedural;

/// <summary>The path of the pen as short straight pieces: what every step of drawing a digit reads and changes.</summary>
internal sealed class Ink
{
    /// <summary>More points than any style flattens to.</summary>
    public const int Capacity = 512;

    /// <summary>Horizontal position: hundredths of a digit's height until it is fitted, then pixels.</summary>
    public readonly float[] X = new float[Capacity];

    /// <summary>Vertical position, downwards, in the same unit.</summary>
    public readonly float[] Y = new float[Capacity];

    /// <summary>Half of the stroke's width in pixels; negative where the pen leaves no ink.</summary>
    public readonly float[] Radius = new float[Capacity];

    /// <summary>Whether a piece leads from the point before to this one; false at the start of a stroke.</summary>
    public readonly bool[] Joined = new bool[Capacity];

    /// <summary>Points in use.</summary>
    public int Count;

    public void Add(float x, float y, bool joined)
    {
        X[Count] = x;
        Y[Count] = y;
        Joined[Count++] = joined;
    }
}
