using StaticCnn.Mnist.Data.Procedural;

namespace StaticCnn.Mnist.Tests.Data.Procedural;

public class DigitRandomTests
{
    private const int Draws = 100_000;

    [Fact]
    public void Normal_has_mean_0_and_deviation_1()
    {
        var random = DigitRandom.For(1, 1);
        double[] values = [.. Enumerable.Range(0, Draws).Select(_ => (double)random.Normal())];

        Assert.InRange(values.Average(), -0.02, 0.02);
        Assert.InRange(values.Average(value => value * value), 0.98, 1.02);
    }

    [Fact]
    public void Uniform_covers_its_range_evenly()
    {
        var random = DigitRandom.For(1, 2);
        var counts = new int[10];
        for (int i = 0; i < Draws; i++) counts[(int)(random.Uniform(-5, 5) + 5)]++;

        Assert.All(counts, count => Assert.InRange(count, 9_500, 10_500));
    }

    [Fact]
    public void Neighbouring_streams_have_nothing_in_common()
    {
        // The first numbers of neighbouring indices, and of neighbouring seeds, are as spread as those of one stream.
        var byIndex = Enumerable.Range(0, Draws).Select(i => DigitRandom.For(5, (ulong)i).Below(10));
        var bySeed = Enumerable.Range(0, Draws).Select(i => DigitRandom.For((ulong)i, 5).Below(10));

        foreach (IEnumerable<int> values in new[] { byIndex, bySeed })
        {
            Assert.All(values.CountBy(value => value), group => Assert.InRange(group.Value, 9_500, 10_500));
        }
    }
}
