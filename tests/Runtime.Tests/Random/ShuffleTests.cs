namespace StaticCnn.Tests;

public class ShuffleTests
{
    private static int[] Order(int count, ulong seed, int epoch)
    {
        int[] order = new int[count];
        Shuffle.Fill(order, seed, epoch);
        return order;
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(60_000)]
    public void Every_index_stands_in_it_once(int count) =>
        Assert.Equal(Enumerable.Range(0, count), Order(count, 1, 0).Order());

    [Fact]
    public void Seed_and_epoch_fix_the_order()
    {
        Assert.Equal(Order(100, 1, 2), Order(100, 1, 2));
        Assert.NotEqual(Order(100, 1, 2), Order(100, 1, 3));
        Assert.NotEqual(Order(100, 1, 2), Order(100, 2, 2));
    }

    [Fact]
    public void Every_order_is_equally_likely()
    {
        var counts = new Dictionary<string, int>();
        for (int epoch = 0; epoch < 24_000; epoch++)
        {
            string order = string.Join(',', Order(4, 9, epoch));
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }
        Assert.Equal(24, counts.Count);
        double chiSquare = counts.Values.Sum(count => (count - 1000.0) * (count - 1000.0) / 1000);
        Assert.True(chiSquare < 56, $"chi-square {chiSquare} with 23 degrees of freedom");
    }

    [Fact]
    public void It_allocates_nothing()
    {
        int[] order = Order(1000, 1, 0);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Shuffle.Fill(order, 1, 1);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
