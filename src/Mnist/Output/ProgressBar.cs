using System.Diagnostics;
using Spectre.Console;
using StaticCnn.Mnist.Training;

namespace StaticCnn.Mnist.Output;

/// <summary>A training as a progress bar on a terminal, with the lines of <see cref="ProgressLines"/> above it.</summary>
internal sealed class ProgressBar : ITrainingObserver
{
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromMilliseconds(100);

    private readonly ProgressContext _context;
    private readonly ProgressLines _lines;
    private readonly long _start = Stopwatch.GetTimestamp();
    private ProgressTask? _task;
    private TimeSpan _nextRefresh;

    private ProgressBar(ProgressContext context, IAnsiConsole console)
    {
        _context = context;
        _lines = new ProgressLines(new ConsoleLines(console));
    }

    /// <inheritdoc/>
    public long AllocatedBytes { get; private set; }

    /// <summary>Shows the bar while <paramref name="training"/> runs.</summary>
    public static void Show(IAnsiConsole console, Action<ITrainingObserver> training) => console.Progress()
        .AutoRefresh(false) // A timer's thread would allocate within the measured epochs.
        .AutoClear(true)
        .Columns(
            new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
        .Start(context => training(new ProgressBar(context, console)));

    /// <inheritdoc/>
    public void BatchDone(in BatchProgress progress)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        _task ??= _context.AddTask("Training", maxValue: (double)progress.Batches * progress.Epochs);
        _task.Description = $"Epoch {progress.Epoch}/{progress.Epochs}";
        _task.Value = ((double)progress.Epoch - 1) * progress.Batches + progress.Batch;
        _lines.BatchDone(progress);
        Refresh();
        AllocatedBytes += GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <inheritdoc/>
    public void EpochDone(EpochResult result) => _lines.EpochDone(result);

    private void Refresh()
    {
        var elapsed = Stopwatch.GetElapsedTime(_start);
        if (elapsed < _nextRefresh) return;
        _nextRefresh = elapsed + RefreshInterval;
        _context.Refresh();
    }

    /// <summary>Text for a console that shows a bar below it.</summary>
    private sealed class ConsoleLines(IAnsiConsole console) : StringWriter
    {
        public override void Write(ReadOnlySpan<char> buffer) => console.Write(new Text(buffer.ToString()));

        public override void WriteLine(string? value) => console.WriteLine(value ?? "");
    }
}
