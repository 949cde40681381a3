using System.Globalization;

namespace StaticCnn.Mnist.Data.Procedural;

/// <summary>One way to write a digit: its strokes, each a list of knots that the pen passes through.</summary>
internal sealed class Style
{
    /// <summary>Reads a style.</summary>
    /// <param name="name">What tells it from the digit's other styles.</param>
    /// <param name="weight">How often it is written, relative to the digit's other styles.</param>
    /// <param name="strokes">
    /// Each stroke as <c>x,y x,y ...</c> in hundredths of the digit's height, y downwards. A coordinate <c>a~b</c> lies
    /// anywhere between the two, all of an axis at the same fraction, so a part grows or moves as a whole. A knot
    /// that ends in <c>!</c> is a corner; the path is smooth at all others.
    /// </param>
    public Style(string name, float weight, params string[] strokes)
    {
        Name = name;
        Weight = weight;
        Strokes = Array.ConvertAll(strokes, text => Array.ConvertAll(text.Split(' '), Knot.Parse));
    }

    public string Name { get; }

    public float Weight { get; }

    public Knot[][] Strokes { get; }

    /// <summary>Picks one of <paramref name="styles"/> as often as its weight says.</summary>
    public static Style Pick(Style[] styles, ref DigitRandom random)
    {
        float total = 0;
        foreach (Style style in styles) total += style.Weight;

        float left = random.Uniform() * total;
        foreach (Style style in styles)
        {
            left -= style.Weight;
            if (left < 0) return style;
        }

        return styles[^1];
    }
}

/// <summary>A point of a stroke: it lies between two places, and the path may turn sharply there.</summary>
internal readonly record struct Knot(float X0, float X1, float Y0, float Y1, bool Corner)
{
    public static Knot Parse(string text)
    {
        bool corner = text.EndsWith('!');
        string[] parts = text.TrimEnd('!').Split(',');
        (float x0, float x1) = ParseRange(parts[0]);
        (float y0, float y1) = ParseRange(parts[1]);
        return new Knot(x0, x1, y0, y1, corner);
    }

    private static (float From, float To) ParseRange(string text)
    {
        string[] ends = text.Split('~');
        float from = float.Parse(ends[0], CultureInfo.InvariantCulture);
        return (from, ends.Length == 1 ? from : float.Parse(ends[1], CultureInfo.InvariantCulture));
    }
}
