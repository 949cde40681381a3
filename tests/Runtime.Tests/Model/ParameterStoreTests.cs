namespace StaticCnn.Tests;

public class ParameterStoreTests
{
    private static float[] Values(ParameterStore store, int index)
    {
        float[] values = new float[store.Infos[index].Count];
        store.Get(index, values);
        return values;
    }

    [Fact]
    public void Set_and_Get_keep_every_value_and_the_padding_stays_zero()
    {
        var store = SampleParameters.Store();
        for (int index = 0; index < store.Infos.Length; index++)
        {
            float[] values = [.. Enumerable.Range(1, store.Infos[index].Count).Select(i => i + 1000f * index)];
            store.Set(index, values);
            Assert.Equal(values, Values(store, index));
        }
        Assert.Equal(store.Infos.Sum(info => info.Count), CountNonZero(store));
    }

    [Fact]
    public void View_has_PyTorchs_shape_and_strides_over_the_padding()
    {
        var store = SampleParameters.Store(("w", [5, 37], 37), ("c", [3, 2, 3, 1], 6), ("one", [1, 20], 20));
        store.Initialize(1);
        for (int index = 0; index < store.Infos.Length; index++)
        {
            float[] expected = Values(store, index), actual = new float[expected.Length];
            var view = store.View(index);
            Assert.Equal(store.Infos[index].Shape.Select(size => (nint)size), view.Lengths.ToArray());
            view.FlattenTo(actual);
            Assert.Equal(expected, actual);
        }
    }

    [Fact]
    public void Initialize_is_uniform_within_the_bound_and_repeatable()
    {
        var store = SampleParameters.Store(("fc.weight", [100, 99], 99), ("fc.bias", [100], 99));
        store.Initialize(7);
        double bound = 1 / Math.Sqrt(99);
        float[] weights = Values(store, 0);
        Assert.All(weights, w => Assert.InRange(w, -bound, bound));
        Assert.InRange(weights.Average(), -0.002, 0.002);
        Assert.InRange(weights.Average(w => w * w), 0.97 * bound * bound / 3, 1.03 * bound * bound / 3);
        Assert.Contains(weights, w => w > 0.99 * bound);
        Assert.Contains(weights, w => w < -0.99 * bound);
        Assert.Contains(Values(store, 1), b => b != 0);
        Assert.True(CountNonZero(store) <= 10_000);

        var again = SampleParameters.Store(("fc.weight", [100, 99], 99), ("fc.bias", [100], 99));
        again.Initialize(7);
        Assert.Equal(weights, Values(again, 0));
        again.Initialize(8);
        Assert.NotEqual(weights, Values(again, 0));
    }

    [Fact]
    public void What_changes_values_changes_the_version()
    {
        var store = SampleParameters.Store();
        int version = store.Version;
        store.Initialize(1);
        Assert.NotEqual(version, version = store.Version);
        store.Set(1, [1, 2, 3]);
        Assert.NotEqual(version, store.Version);
    }

    [Fact]
    public void Wrong_lengths_and_names_are_named()
    {
        var store = SampleParameters.Store();
        Assert.Contains("conv1.bias has 3 values, but the span has 4", Assert.Throws<ArgumentException>(() => store.Set(1, new float[4])).Message);
        Assert.Contains("conv1.bias has 3 values, but the span has 2", Assert.Throws<ArgumentException>(() => store.Get(1, new float[2])).Message);
        Assert.Equal(2, store.IndexOf("fc1.weight"));
        Assert.Contains("no parameter 'fc2.weight'", Assert.Throws<ArgumentException>(() => store.IndexOf("fc2.weight")).Message);
    }

    private static int CountNonZero(ParameterStore store)
    {
        int count = 0;
        for (int i = 0; i < store.Length; i++) count += store.At(i) != 0 ? 1 : 0;
        return count;
    }
}
