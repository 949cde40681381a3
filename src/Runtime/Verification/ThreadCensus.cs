namespace StaticCnn.Verification;

/// <summary>
/// Asks the threads of a team what each has allocated. The process's total would count whatever else the process does.
/// Each task waits for the others, so that each thread takes one.
/// </summary>
internal sealed class ThreadCensus(WorkerTeam team) : IPhasedWork
{
    private readonly long[] _allocated = new long[team.Threads];
    private int _arrived;

    /// <summary>Bytes that the team's threads, the caller included, have allocated so far. Allocates nothing itself.</summary>
    public long Read()
    {
        _arrived = 0;
        team.Run(this, [team.Threads]);
        long sum = 0;
        foreach (long bytes in _allocated) sum += bytes;
        return sum;
    }

    void IPhasedWork.Run(int phase, int task, int worker)
    {
        Interlocked.Increment(ref _arrived);
        while (Volatile.Read(ref _arrived) < team.Threads) Thread.Yield();
        _allocated[worker] = GC.GetAllocatedBytesForCurrentThread();
    }
}
