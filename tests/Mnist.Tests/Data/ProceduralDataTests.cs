using StaticCnn.Mnist.Data;

namespace StaticCnn.Mnist.Tests.Data;

public class ProceduralDataTests
{
    [Theory]
    [InlineData("procedural", "procedural", 60_000)]
    [InlineData("procedural:60000", "procedural", 60_000)]
    [InlineData("procedural:6", "procedural:6", 6)]
    [InlineData("procedural:2000000", "procedural:2000000", 2_000_000)]
    public void A_name_gives_the_count_and_the_label(string name, string label, int count)
    {
        var data = ProceduralData.Parse(name)!;
        Assert.Equal(label, data.Label);
        Assert.Equal(count, data.Count);
    }

    [Theory]
    [InlineData("procedural:")]
    [InlineData("procedural:5")]
    [InlineData("procedural:2000001")]
    [InlineData("procedural:99999999999")]
    [InlineData("procedural:-60")]
    [InlineData("procedural:6,000")]
    [InlineData("procedural: 60")]
    [InlineData("procedural:many")]
    public void A_bad_count_is_no_data_but_no_folder_either(string name)
    {
        Assert.Null(ProceduralData.Parse(name));
        Assert.True(ProceduralData.IsNamedBy(name));
    }

    [Theory]
    [InlineData("./procedural")]
    [InlineData("procedural/more")]
    [InlineData("Procedural")]
    public void Other_names_are_folders(string name) => Assert.False(ProceduralData.IsNamedBy(name));

    [Fact]
    public void A_sixth_as_many_other_digits_are_for_testing()
    {
        var data = new ProceduralData(600);
        LabeledImages train = data.LoadTraining(threads: 2), test = data.LoadTest(threads: 2);
        Assert.Equal(600, train.Count);
        Assert.Equal(100, test.Count);
        Assert.Equal(new TensorShape(1, 28, 28), train.Shape);
        var known = Enumerable.Range(0, train.Count).Select(i => Convert.ToHexString(train.Pixels(i))).ToHashSet();
        Assert.DoesNotContain(Enumerable.Range(0, test.Count), i => known.Contains(Convert.ToHexString(test.Pixels(i))));
    }

    [Fact]
    public void Other_digits_have_another_identity()
    {
        string[] identities = [new ProceduralData().Identity, new ProceduralData(600).Identity, new ProceduralData(600, Seed: 1).Identity];
        Assert.Equal(3, identities.Distinct().Count());
        Assert.All(identities, identity => Assert.Matches("^[0-9a-f]{64}$", identity));
    }
}
