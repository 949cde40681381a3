using System.Diagnostics;

namespace StaticCnn.Fuzz;

/// <summary>Feeds a reader with damaged inputs. What takes a new way through it is kept and damaged further.</summary>
internal sealed class CoverageFuzzer
{
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(1), Hang = TimeSpan.FromSeconds(60);

    private readonly FuzzTarget _target;
    private readonly Random _random;
    private readonly Mutator _mutator;
    private readonly Covered _covered = new();
    private readonly List<byte[]> _corpus = [];
    private byte[] _current = [];
    private long _started;

    /// <summary>Reads the seeds.</summary>
    /// <exception cref="Finding">One of them is a finding.</exception>
    public CoverageFuzzer(FuzzTarget target, int seed)
    {
        (_target, _random) = (target, new Random(seed));
        _mutator = new Mutator(_random, target.Words);
        foreach (byte[] input in target.Seeds)
        {
            Execute(input, measured: false); // The first time compiles the code.
            Try(input);
            _corpus.Add(input);
        }
    }

    public int Edges => _covered.Edges;

    public int Corpus => _corpus.Count;

    public TimeSpan Slowest { get; private set; }

    public long MostAllocated { get; private set; }

    /// <summary>The input in hand, where it has not been read for so long that it may never be.</summary>
    public byte[]? Hanging => _started is not 0 and var start && Stopwatch.GetElapsedTime(start) > Hang ? _current : null;

    /// <summary>One damaged input.</summary>
    /// <exception cref="Finding">The reader crashed, was slow or allocated too much.</exception>
    public void Next()
    {
        byte[] input = Pick(), other = Pick();
        byte[]? inside = _random.Next(2) == 0 ? _target.Open(input) : null;
        byte[] damaged = _mutator.Damage(inside ?? input, other, _target.MostInput);
        Try(inside is null ? damaged : _target.Close(damaged));
    }

    /// <summary>Any kept input, the latest more often.</summary>
    private byte[] Pick() => _corpus[_random.Next(2) == 0 ? _random.Next(_corpus.Count) : Math.Max(0, _corpus.Count - 1 - _random.Next(32))];

    private void Try(byte[] input)
    {
        Coverage.Clear();
        var (time, allocated) = Execute(input, measured: true);
        if (_covered.Add(Coverage.Counters) && input.Length <= _target.MostInput) _corpus.Add(input);
        if (time > MostTime) RequireLittleWork(input);
        if (time > Slowest) Slowest = time;
        if (allocated > MostAllocated) MostAllocated = allocated;
    }

    /// <summary>Others may have had the processor meanwhile: what counts is the time that this process had.</summary>
    private void RequireLittleWork(byte[] input)
    {
        var before = Environment.CpuUsage.TotalTime;
        Execute(input, measured: true);
        var work = Environment.CpuUsage.TotalTime - before;
        if (work > MostTime) throw new Finding(_target, $"took {work.TotalSeconds:F1} s", input);
    }

    private (TimeSpan Time, long Allocated) Execute(byte[] input, bool measured)
    {
        _current = input;
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        _started = Stopwatch.GetTimestamp();
        try
        {
            _target.Read(input);
        }
        catch (Exception e) when (_target.Answers.Contains(e.GetType()))
        {
            if (string.IsNullOrWhiteSpace(e.Message)) throw new Finding(_target, $"{e.GetType().Name} without a message", input);
        }
        catch (Exception e)
        {
            throw new Finding(_target, e.ToString(), input);
        }
        var time = Stopwatch.GetElapsedTime(_started);
        _started = 0;
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        if (measured && allocated > _target.MostAllocated(input.Length)) throw new Finding(_target, $"allocated {allocated} bytes", input);
        return (time, allocated);
    }
}
