using System.Numerics;

namespace StaticCnn.Tests;

public class CounterRandomTests
{
    [Fact]
    public void Numbers_depend_on_seed_stream_and_counter_alone()
    {
        Assert.Equal(new CounterRandom(1, 2).UInt64(3), new CounterRandom(1, 2).UInt64(3));
        var numbers = new HashSet<ulong>();
        for (ulong seed = 0; seed < 20; seed++)
        {
            for (ulong stream = 0; stream < 20; stream++)
            {
                for (ulong counter = 0; counter < 20; counter++) numbers.Add(new CounterRandom(seed, stream).UInt64(counter));
            }
        }
        Assert.Equal(8000, numbers.Count);
    }

    [Fact]
    public void Single_is_uniform_below_one()
    {
        var random = new CounterRandom(5, 0);
        int[] bins = new int[16];
        for (ulong i = 0; i < 160_000; i++)
        {
            float value = random.Single(i);
            Assert.InRange(value, 0, 0.99999997f);
            bins[(int)(value * 16)]++;
        }
        double chiSquare = bins.Sum(count => (count - 10_000.0) * (count - 10_000.0) / 10_000);
        Assert.True(chiSquare < 40, $"chi-square {chiSquare} with 15 degrees of freedom");
    }

    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(0, 1, 0)]
    [InlineData(0, 0, 1)]
    public void Neighbouring_seeds_streams_and_counters_differ_in_half_of_the_bits(int seedStep, int streamStep, int counterStep)
    {
        long bits = 0;
        for (ulong i = 0; i < 10_000; i++)
        {
            ulong a = new CounterRandom(i, 2 * i).UInt64(3 * i);
            ulong b = new CounterRandom(i + (ulong)seedStep, 2 * i + (ulong)streamStep).UInt64(3 * i + (ulong)counterStep);
            bits += BitOperations.PopCount(a ^ b);
        }
        Assert.InRange(bits / 10_000.0, 31.8, 32.2);
    }
}
