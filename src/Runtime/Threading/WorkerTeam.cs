namespace StaticCnn;

/// <summary>
/// Threads that stay alive between calls and share the tasks of phased work; the caller is worker 0. <see cref="Dispose"/> ends them
/// at once; those of a team that nobody refers to any more end when the garbage collector notices.
/// </summary>
public sealed class WorkerTeam : IDisposable
{
    private readonly Workers? _workers;
    private bool _disposed;

    /// <summary>Starts <paramref name="threads"/>-1 threads, which sleep while there is no work.</summary>
    /// <param name="threads">Workers, the caller included; at least 1.</param>
    public WorkerTeam(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        Threads = threads;
        _workers = new Workers(threads);
    }

    /// <summary>Ends the threads of a team that was not disposed; they refer to <see cref="Workers"/> only, so the team can get here.</summary>
    ~WorkerTeam() => _workers?.End(); // Null where the constructor threw.

    /// <summary>Workers, the caller included.</summary>
    public int Threads { get; }

    /// <summary>The threads, without the caller's.</summary>
    internal ReadOnlySpan<Thread> OwnThreads => _workers!.Threads;

    /// <summary>
    /// Runs the phases in order and returns when the last task of the last phase has ended. Where a task throws, no
    /// further task begins and the first exception is thrown here. Allocates nothing.
    /// </summary>
    /// <param name="work">The tasks.</param>
    /// <param name="tasks">The number of tasks of each phase.</param>
    /// <exception cref="InvalidOperationException">The team is running already.</exception>
    /// <exception cref="ObjectDisposedException">The team has been disposed.</exception>
    public void Run(IPhasedWork work, ReadOnlySpan<int> tasks)
    {
        ArgumentNullException.ThrowIfNull(work);
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed), this);
        _workers!.Run(work, tasks);
        GC.KeepAlive(this); // Else the finalizer might end the threads while they work.
    }

    /// <summary>Ends the threads. A task must not call it.</summary>
    public void Dispose()
    {
        Volatile.Write(ref _disposed, true);
        _workers!.End();
        foreach (var thread in OwnThreads) thread.Join();
        GC.SuppressFinalize(this);
    }
}
