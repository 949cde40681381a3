using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace StaticCnn.Tests;

public class WorkerTeamTests
{
    private sealed class Work(Action<int, int, int> run) : IPhasedWork
    {
        public void Run(int phase, int task, int worker) => run(phase, task, worker);
    }

    public static TheoryData<int> ThreadCounts => [1, 2, 3, 4, 8];

    [Theory]
    [MemberData(nameof(ThreadCounts))]
    public void Every_task_runs_once_and_phases_run_in_order(int threads)
    {
        using var team = new WorkerTeam(threads);
        int[] tasks = [5, 0, 1, 100, 3, 17];
        for (int repeat = 0; repeat < 200; repeat++)
        {
            var ran = new ConcurrentQueue<(int Phase, int Task)>();
            team.Run(new Work((phase, task, worker) =>
            {
                Assert.InRange(worker, 0, threads - 1);
                ran.Enqueue((phase, task));
            }), tasks);
            Assert.Equal(ran.Select(r => r.Phase), ran.Select(r => r.Phase).Order());
            Assert.Equal(tasks.SelectMany((count, phase) => Enumerable.Range(0, count).Select(task => (phase, task))), ran.Order());
        }
    }

    [Theory]
    [MemberData(nameof(ThreadCounts))]
    public void A_phase_sees_what_the_phase_before_wrote(int threads)
    {
        using var team = new WorkerTeam(threads);
        long[] values = new long[threads + 3];
        int[] tasks = new int[50];
        Array.Fill(tasks, values.Length);
        // Each task reads its neighbour's value of the phase before: any overlap of phases breaks the sum.
        long[][] byPhase = [.. Enumerable.Range(0, 51).Select(_ => new long[values.Length])];
        Array.Fill(byPhase[0], 1);
        for (int repeat = 0; repeat < 100; repeat++)
        {
            team.Run(new Work((phase, task, _) =>
                byPhase[phase + 1][task] = byPhase[phase][task] + byPhase[phase][(task + 1) % values.Length]), tasks);
            Assert.All(byPhase[50], value => Assert.Equal(1L << 50, value));
            foreach (long[] phase in byPhase.Skip(1)) Array.Clear(phase);
        }
    }

    [Fact]
    public void All_workers_share_a_phase()
    {
        using var team = new WorkerTeam(3);
        using var together = new Barrier(3);
        // Each task waits until three run at once, so this returns only if every worker takes one.
        team.Run(new Work((_, _, _) => together.SignalAndWait()), [3, 3]);
        Assert.Equal(2, together.CurrentPhaseNumber);
    }

    [Theory]
    [MemberData(nameof(ThreadCounts))]
    public void A_tasks_exception_reaches_the_caller_and_stops_the_phases(int threads)
    {
        using var team = new WorkerTeam(threads);
        for (int repeat = 0; repeat < 50; repeat++)
        {
            int late = 0;
            var error = Assert.Throws<InvalidDataException>(() => team.Run(new Work((phase, task, _) =>
            {
                if (phase == 1 && task == 2) throw new InvalidDataException("task");
                if (phase == 2) late++;
            }), [4, 8, 4]));
            Assert.Equal("task", error.Message);
            Assert.Equal(0, late);

            int ran = 0;
            team.Run(new Work((_, _, _) => Interlocked.Increment(ref ran)), [7]);
            Assert.Equal(7, ran);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_running_team_refuses_a_second_run(int threads)
    {
        using var team = new WorkerTeam(threads);
        Assert.Throws<InvalidOperationException>(() => team.Run(new Work((_, _, _) => team.Run(new Work((_, _, _) => { }), [1])), [2]));
        team.Run(new Work((_, _, _) => { }), [2]);
    }

    [Fact]
    public void A_disposed_team_has_no_threads_and_refuses_to_run()
    {
        var seen = new ConcurrentDictionary<int, Thread>();
        var team = new WorkerTeam(3);
        using (var together = new Barrier(3))
        {
            team.Run(new Work((_, _, worker) =>
            {
                seen[worker] = Thread.CurrentThread;
                together.SignalAndWait();
            }), [3]);
        }
        team.Dispose();
        team.Dispose();
        Assert.False(seen[1].IsAlive);
        Assert.False(seen[2].IsAlive);
        Assert.Throws<ObjectDisposedException>(() => team.Run(new Work((_, _, _) => { }), [1]));
    }

    [Fact]
    public void No_threads_are_no_team()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new WorkerTeam(0));
        GC.Collect();
        GC.WaitForPendingFinalizers(); // Of a team that was never built, either.
    }

    /// <summary>The threads of a team that nobody refers to any more, and that nobody has disposed.</summary>
    [Fact]
    public void Forgotten_teams_leave_no_threads()
    {
        var threads = Forget(300);
        for (int round = 0; round < 3; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        Assert.All(threads, thread => Assert.True(thread.Join(TimeSpan.FromMinutes(1)), $"{threads.Count(one => one.IsAlive)} of {threads.Count} threads run on"));

        [MethodImpl(MethodImplOptions.NoInlining)]
        static List<Thread> Forget(int teams)
        {
            var threads = new List<Thread>();
            for (int i = 0; i < teams; i++)
            {
                var team = new WorkerTeam(3);
                team.Run(new Work((_, _, _) => { }), [7]);
                threads.AddRange(team.OwnThreads);
            }
            return threads;
        }
    }

    [Theory]
    [MemberData(nameof(ThreadCounts))]
    public void Thousands_of_tiny_runs_end(int threads)
    {
        using var team = new WorkerTeam(threads);
        long sum = 0;
        var work = new Work((_, task, _) => Interlocked.Add(ref sum, task));
        for (int repeat = 0; repeat < 5000; repeat++) team.Run(work, [2, 3, 4]);
        Assert.Equal(5000 * (1 + 3 + 6), sum);
    }
}
