using CsCheck;
using StaticCnn.Generator;
using StaticCnn.Generator.Network;

namespace Generator.Tests.Network;

/// <summary>Networks of one assembly keep apart in files, whatever their names share.</summary>
public class ModelNamesTests
{
    [Theory]
    [InlineData("Net", "Net", "{model}, Net")]
    [InlineData("App.Outer.Net", "App.Outer.Net", "{model}, App.Outer.Net, Outer.Net, Net")]
    [InlineData("App.Net", "App.Net App.Other", "App.Net, Net")]
    [InlineData("A.Net", "A.Net B.Net", "A.Net")]
    [InlineData("A.X.Net", "A.X.Net B.X.Net B.Other", "A.X.Net")]
    [InlineData("A.X.Net", "A.X.Net B.Y.Net", "X.Net, A.X.Net")]
    [InlineData("Net", "Net App.Net", "Net")] // The one without a namespace is all that its name can mean.
    [InlineData("App.Net", "Net App.Net", "App.Net")]
    [InlineData("App.net", "App.Net App.net", "App.net, net, App.net-1")]
    public void WeightsAreFoundUnderEverySpellingThatMeansOneNetwork(string fullName, string all, string expected) =>
        Assert.Equal(expected, string.Join(", ", ModelNames.Weights(fullName, All(all))));

    /// <summary>No two networks share a file, on a file system that ignores case either, and no spelling means two of them.</summary>
    [Fact]
    public void NoTwoNetworksShareAName()
    {
        string[] parts = ["a", "A", "b", "_a", "a_", "a_b"];
        var name = Gen.Int[0, parts.Length - 1].Array[1, 3].Select(chosen => string.Join('.', chosen.Select(i => parts[i])));
        name.Array[2, 6].Select(names => names.Distinct().ToEquatableArray()).Sample(all =>
        {
            Assert.Distinct(all.Select(each => ModelNames.HintName(each, all)), StringComparer.OrdinalIgnoreCase);
            Assert.Distinct(all.Select(each => ModelNames.Weights(each, all).Last()), StringComparer.OrdinalIgnoreCase);
            Assert.Distinct(all.SelectMany(each => ModelNames.Weights(each, all)), StringComparer.Ordinal);
        });
    }

    private static EquatableArray<string> All(string names) => names.Split(' ').ToEquatableArray();
}
