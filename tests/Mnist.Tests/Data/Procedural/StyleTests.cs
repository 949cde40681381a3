using System.Globalization;
using StaticCnn.Mnist.Data.Procedural;

namespace StaticCnn.Mnist.Tests.Data.Procedural;

public class StyleTests
{
    public static TheoryData<int> Digits => [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

    [Theory]
    [MemberData(nameof(Digits))]
    public void Digit_has_several_styles_of_different_names(int digit)
    {
        Style[] styles = Styles.Of(digit);

        Assert.True(styles.Length >= 5);
        Assert.Equal(styles.Length, styles.Select(style => style.Name).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Digits))]
    public void Every_style_occurs_as_often_as_its_weight_says(int digit)
    {
        const int draws = 20_000;
        Style[] styles = Styles.Of(digit);
        var counts = styles.ToDictionary(style => style, _ => 0);
        for (ulong index = 0; index < draws; index++)
        {
            var random = DigitRandom.For(7, index);
            counts[Style.Pick(styles, ref random)]++;
        }

        float total = styles.Sum(style => style.Weight);
        Assert.All(styles, style =>
        {
            // Five standard deviations of a binomial count.
            double share = style.Weight / total, expected = draws * share, slack = 5 * Math.Sqrt(expected * (1 - share));
            Assert.InRange(counts[style], Math.Max(1, expected - slack), expected + slack);
        });
    }

    [Theory]
    [MemberData(nameof(Digits))]
    public void Every_style_leaves_a_path_within_the_room_for_it(int digit)
    {
        foreach (Style style in Styles.Of(digit))
        {
            for (ulong index = 0; index < 200; index++)
            {
                var ink = new Ink();
                var random = DigitRandom.For(3, index);
                Curve.Trace(style, ink, ref random);

                Assert.InRange(ink.Count, 2, Ink.Capacity / 2);
                Assert.Equal(style.Strokes.Length, Enumerable.Range(0, ink.Count).Count(i => !ink.Joined[i]));
            }
        }
    }

    [Fact]
    public void Notation_gives_ranges_and_corners()
    {
        var style = new Style("bent", 1, "10,20~-4 30~42.5,5!", "1,2 3,4");

        Assert.Equal(
            [[new Knot(10, 10, 20, -4, false), new Knot(30, 42.5f, 5, 5, true)], [new Knot(1, 1, 2, 2, false), new Knot(3, 3, 4, 4, false)]],
            style.Strokes);
    }

    [Fact]
    public void Notation_does_not_depend_on_the_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        var hostile = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        hostile.NumberFormat.NumberDecimalSeparator = ",";
        hostile.NumberFormat.NegativeSign = "\u2212";
        try
        {
            CultureInfo.CurrentCulture = hostile;
            Assert.Equal(new Knot(-4, -4, 1.5f, 1.5f, false), Knot.Parse("-4,1.5"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
