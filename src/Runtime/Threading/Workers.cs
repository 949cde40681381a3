using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace StaticCnn;

/// <summary>
/// The threads of a <see cref="WorkerTeam"/> and what they share with the caller, who is worker 0. Workers claim one task after
/// another, and a phase ends when its tasks have ended: a thread that is late to wake up holds nobody up. A running thread keeps
/// this alive for ever, so nothing here refers to the team, nor, between two runs, to anybody's work.
/// </summary>
internal sealed class Workers
{
    /// <summary>How long a worker watches for the next phase before it goes to sleep: about 40 microseconds.</summary>
    private static readonly long SpinTicks = Stopwatch.Frequency / 25_000;

    private readonly Thread[] _threads;
    private readonly bool _spin;
    private readonly object _gate = new();

    private Counters _counters;
    private IPhasedWork? _work;
    private int _phase;
    private int _tasks;
    private int _sleepers;
    private bool _callerSleeps;
    private bool _ended;
    private int _running;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Starts <paramref name="threads"/>-1 threads, which sleep while there is no work.</summary>
    /// <param name="threads">Workers, the caller included; at least 1.</param>
    public Workers(int threads)
    {
        _spin = threads <= Environment.ProcessorCount; // Else spinning would keep a worker with a task off its processor.
        _threads = new Thread[threads - 1];
        try
        {
            for (int i = 0; i < _threads.Length; i++)
            {
                int worker = i + 1;
                _threads[i] = new Thread(() => Serve(worker)) { IsBackground = true, Name = $"StaticCnn worker {worker}" };
                _threads[i].UnsafeStart(); // Without the caller's execution context, which a thread would keep alive as well.
            }
        }
        catch
        {
            End(); // The system has no thread more: those that run should not wait for ever.
            throw;
        }
    }

    /// <summary>The threads, without the caller's.</summary>
    public ReadOnlySpan<Thread> Threads => _threads;

    /// <summary>What <see cref="WorkerTeam.Run"/> does.</summary>
    public void Run(IPhasedWork work, ReadOnlySpan<int> tasks)
    {
        if (Interlocked.Exchange(ref _running, 1) != 0)
        {
            throw new InvalidOperationException("The team is running already: it serves one caller at a time.");
        }
        try
        {
            _work = work;
            for (int phase = 0; phase < tasks.Length && _failure is null; phase++) RunPhase(work, phase, tasks[phase]);
            _failure?.Throw();
        }
        finally
        {
            _work = null;
            _failure = null;
            Volatile.Write(ref _running, 0);
        }
    }

    /// <summary>Lets the threads end, once the tasks in hand are done.</summary>
    public void End()
    {
        lock (_gate)
        {
            _ended = true;
            Monitor.PulseAll(_gate);
        }
    }

    private void RunPhase(IPhasedWork work, int phase, int tasks)
    {
        if (tasks <= 1 || _threads.Length == 0)
        {
            for (int task = 0; task < tasks; task++) work.Run(phase, task, worker: 0);
            return;
        }
        _phase = phase;
        _tasks = tasks;
        _counters.Unfinished = tasks;
        Interlocked.Exchange(ref _counters.Unclaimed, tasks); // Publishes the lines above.
        if (Volatile.Read(ref _sleepers) > 0) WakeAll();
        RunTasks(worker: 0);
        if (Spin(ref _counters.Unfinished, untilZero: true)) return;
        lock (_gate)
        {
            _callerSleeps = true;
            Interlocked.MemoryBarrier(); // The flag is up before the counter is read; the last worker does the reverse.
            while (Volatile.Read(ref _counters.Unfinished) != 0) Monitor.Wait(_gate);
            _callerSleeps = false;
        }
    }

    /// <summary>The life of one thread.</summary>
    private void Serve(int worker)
    {
        while (true)
        {
            RunTasks(worker);
            if (Spin(ref _counters.Unclaimed, untilZero: false)) continue;
            lock (_gate)
            {
                Interlocked.Increment(ref _sleepers);
                while (Volatile.Read(ref _counters.Unclaimed) == 0)
                {
                    if (_ended) return;
                    Monitor.Wait(_gate);
                }
                Interlocked.Decrement(ref _sleepers);
            }
        }
    }

    /// <summary>Claims and runs tasks of the current phase until none is left.</summary>
    private void RunTasks(int worker)
    {
        while (TryClaim(out int task))
        {
            try
            {
                if (Volatile.Read(ref _failure) is null) _work!.Run(_phase, task, worker);
            }
            catch (Exception e)
            {
                Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(e), null);
            }
            if (Interlocked.Decrement(ref _counters.Unfinished) == 0 && Volatile.Read(ref _callerSleeps)) WakeAll();
        }
    }

    /// <summary>
    /// Takes one task. The phase's fields are read only after a successful claim: from then on the phase cannot end,
    /// nor the fields change, before the task has.
    /// </summary>
    private bool TryClaim(out int task)
    {
        int unclaimed = Volatile.Read(ref _counters.Unclaimed);
        while (unclaimed > 0)
        {
            int found = Interlocked.CompareExchange(ref _counters.Unclaimed, unclaimed - 1, unclaimed);
            if (found == unclaimed)
            {
                task = _tasks - unclaimed;
                return true;
            }
            unclaimed = found;
        }
        task = -1;
        return false;
    }

    /// <summary>Watches a counter for a short while; false where it is time to sleep.</summary>
    private bool Spin(ref int counter, bool untilZero)
    {
        long start = _spin ? Stopwatch.GetTimestamp() : 0;
        do
        {
            if (Volatile.Read(ref counter) == 0 == untilZero) return true;
            Thread.SpinWait(10);
        }
        while (_spin && Stopwatch.GetTimestamp() - start < SpinTicks);
        return false;
    }

    private void WakeAll()
    {
        lock (_gate) Monitor.PulseAll(_gate);
    }

    /// <summary>What all threads write stands in cache lines of its own (pairs of them, as processors fetch pairs).</summary>
    [StructLayout(LayoutKind.Explicit, Size = 384)]
    private struct Counters
    {
        /// <summary>Tasks of the phase that no worker has taken yet.</summary>
        [FieldOffset(128)]
        public int Unclaimed;

        /// <summary>Tasks of the phase that have not ended yet.</summary>
        [FieldOffset(256)]
        public int Unfinished;
    }
}
