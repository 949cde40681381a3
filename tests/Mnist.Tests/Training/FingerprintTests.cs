using StaticCnn.Mnist.Tests.Support;
using StaticCnn.Mnist.Training;

namespace StaticCnn.Mnist.Tests.Training;

public class FingerprintTests
{
    [Fact]
    public void It_changes_with_recipe_seed_and_data_and_not_with_the_culture()
    {
        string Of(TrainingRecipe recipe, ulong seed, string data) => Fingerprint<SoftmaxModel>.Compute(recipe, seed, data);
        var recipe = SoftmaxModel.Recipe;
        string[] all =
        [
            Of(recipe, 1, "a"), Of(recipe, 2, "a"), Of(recipe, 1, "b"), Of(recipe with { Epochs = 9 }, 1, "a"),
            Of(recipe with { LearningRate = 0.5f }, 1, "a"), Of(recipe with { BatchSize = 9 }, 1, "a"),
        ];
        Assert.Equal(all.Length, all.Distinct().Count());
        Assert.All(all, one => Assert.Matches("^[0-9a-f]{64}$", one));
        using var hostile = new HostileCulture();
        Assert.Equal(all[0], Of(recipe, 1, "a"));
    }
}
