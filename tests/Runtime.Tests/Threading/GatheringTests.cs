namespace StaticCnn.Tests;

public class GatheringTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    public async Task Whoever_waits_goes_on_when_the_last_has_come(int milliseconds)
    {
        var gathering = new Gathering();
        for (int repeat = 0; repeat < 5; repeat++)
        {
            gathering.Reset(3);
            int arrived = 0;
            var waiting = Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
            {
                gathering.Wait();
                return Volatile.Read(ref arrived);
            })).ToArray();
            for (int i = 0; i < 3; i++)
            {
                Thread.Sleep(milliseconds);
                Interlocked.Increment(ref arrived);
                gathering.Arrive(failed: false);
            }

            int[] seen = await Task.WhenAll(waiting).WaitAsync(TimeSpan.FromSeconds(30));
            Assert.All(seen, count => Assert.Equal(3, count));
            Assert.False(gathering.HasFailed);
        }
    }

    [Fact]
    public void A_failure_holds_nobody_up_and_is_forgotten_by_the_next_round()
    {
        var gathering = new Gathering();
        gathering.Reset(2);
        gathering.Arrive(failed: true);
        gathering.Arrive(failed: false);
        gathering.Wait();
        Assert.True(gathering.HasFailed);
        gathering.Reset(1);
        Assert.False(gathering.HasFailed);
    }
}
