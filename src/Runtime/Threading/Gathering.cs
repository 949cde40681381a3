namespace StaticCnn;

/// <summary>
/// A point that several tasks pass and others wait for. Tasks are claimed in order, so whoever waits does so for tasks that run
/// already. Allocates nothing, and keeps no processor busy for long.
/// </summary>
internal sealed class Gathering
{
    private readonly object _gate = new();
    private int _missing;
    private volatile bool _failed;

    /// <summary>Whether a task failed before it came here.</summary>
    public bool HasFailed => _failed;

    /// <summary>Awaits so many from now on; nobody may be waiting.</summary>
    public void Reset(int tasks)
    {
        _failed = false;
        Volatile.Write(ref _missing, tasks);
    }

    /// <summary>One has come here.</summary>
    /// <param name="failed">Whether it could not do what the others wait for.</param>
    public void Arrive(bool failed)
    {
        if (failed) _failed = true;
        if (Interlocked.Decrement(ref _missing) > 0) return;
        lock (_gate) Monitor.PulseAll(_gate);
    }

    /// <summary>Waits for all.</summary>
    public void Wait()
    {
        for (int i = 0; i < 100; i++)
        {
            if (Volatile.Read(ref _missing) <= 0) return;
            Thread.SpinWait(10);
        }
        lock (_gate)
        {
            while (Volatile.Read(ref _missing) > 0) Monitor.Wait(_gate);
        }
    }
}
