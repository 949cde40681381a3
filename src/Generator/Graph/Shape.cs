namespace StaticCnn.Generator.Graph;

/// <summary>The shape of one image's values between layers: an image [C,H,W], or a vector [n] (as [n,1,1]).</summary>
internal sealed record Shape(int Channels, int Height, int Width, bool IsVector = false)
{
    public int Length => Channels * Height * Width;

    public static Shape Vector(int length) => new(length, 1, 1, IsVector: true);

    public override string ToString() =>
        IsVector ? FormattableString.Invariant($"[{Channels}]") : FormattableString.Invariant($"[{Channels},{Height},{Width}]");
}
