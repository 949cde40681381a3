using System.Diagnostics;

namespace StaticCnn.Tests;

/// <summary>What a team costs; alone, because the figures are the whole process's.</summary>
[CollectionDefinition(nameof(WorkerTeamCostTests), DisableParallelization = true)]
[Collection(nameof(WorkerTeamCostTests))]
public class WorkerTeamCostTests
{
    private sealed class Sleep(int milliseconds) : IPhasedWork
    {
        public void Run(int phase, int task, int worker)
        {
            if (milliseconds > 0 && task == phase) Thread.Sleep(milliseconds);
        }
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(2, 1)]
    [InlineData(5, 1)]
    public void Run_allocates_nothing_on_any_thread(int threads, int milliseconds)
    {
        using var team = new WorkerTeam(threads);
        var work = new Sleep(milliseconds);
        Allocated(team, work);
        // The test host allocates now and then; what the team allocated would show every time.
        Assert.Contains(Enumerable.Range(0, 5), _ => Allocated(team, work) == 0);
    }

    private static long Allocated(WorkerTeam team, Sleep work)
    {
        long before = GC.GetTotalAllocatedBytes(precise: true);
        for (int i = 0; i < 20; i++) team.Run(work, [4, 4, 4]);
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }

    [Fact]
    public void An_idle_teams_threads_use_no_processor_time()
    {
        var others = ThreadTimes().Keys.ToHashSet();
        using var team = new WorkerTeam(4);
        team.Run(new Sleep(1), [4, 4, 4]);
        Thread.Sleep(50);
        var before = ThreadTimes();
        Thread.Sleep(500);
        var used = ThreadTimes().Where(thread => before.ContainsKey(thread.Key) && !others.Contains(thread.Key))
            .Select(thread => (thread.Value - before[thread.Key]).TotalMilliseconds).ToList();
        Assert.True(used.Count >= 3);
        // One spinning thread alone would use most of the 500 ms.
        Assert.InRange(used.Sum(), 0, 100);
    }

    private static Dictionary<int, TimeSpan> ThreadTimes()
    {
        using var process = Process.GetCurrentProcess();
        var times = new Dictionary<int, TimeSpan>();
        foreach (ProcessThread thread in process.Threads)
        {
            try
            {
                times[thread.Id] = thread.TotalProcessorTime;
            }
            catch (InvalidOperationException)
            {
                // The thread has ended since the list was made.
            }
        }
        return times;
    }
}
