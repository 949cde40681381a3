using System.Globalization;
using StaticCnn.Generated;

namespace StaticCnn.Tests;

public class AdamScalarsTests
{
    private static readonly TrainingRecipe Recipe = new(64, 3, 0.001f, 0.9f, 0.999f, 1e-8f);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1000)]
    [InlineData(1_000_000)]
    public void They_are_PyTorchs_computed_from_decimal_values(long step)
    {
        float[] scalars = new float[AdamScalars.Count];
        AdamScalars.Fill(scalars, Recipe, 0.0005f, step);
        Assert.Equal(
        [
            0.9f, 0.1f, 0.999f, (float)(1 - 0.999), (float)(0.0005 / (1 - Math.Pow(0.9, step))),
            (float)(1 / Math.Sqrt(1 - Math.Pow(0.999, step))), 1e-8f,
        ],
        scalars);
    }

    [Fact]
    public void A_hostile_culture_changes_nothing_and_nothing_is_allocated()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("sv-SE");
            float[] scalars = new float[AdamScalars.Count];
            AdamScalars.Fill(scalars, Recipe, 1e-5f, 1);
            long before = GC.GetAllocatedBytesForCurrentThread();
            AdamScalars.Fill(scalars, Recipe, 1e-5f, 2);
            Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
            Assert.Equal((float)(1e-5 / (1 - 0.9 * 0.9)), scalars[4]);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }
}
