namespace StaticCnn.Mnist.Data.Procedural;

/// <summary>Draws one digit: a style's skeleton, bent, posed, penned, fitted and painted.</summary>
internal static class DigitWriter
{
    public static void Write(int digit, DigitRandom random, Ink ink, Span<byte> pixels)
    {
        Span<byte> uncentred = stackalloc byte[ProceduralDigits.ImageLength];
        Style style = Style.Pick(Styles.Of(digit), ref random);
        Curve.Trace(style, ink, ref random);
        ElasticWarp.Apply(ink, ref random);
        Pose.Apply(ink, ref random);
        Pen.Press(digit, ink, ref random);
        MnistFit.Scale(ink);
        Raster.Paint(ink, uncentred, ref random);
        MnistFit.Centred(uncentred, pixels);
    }
}
