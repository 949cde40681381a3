using System.Runtime.InteropServices;

namespace StaticCnn.Mnist;

/// <summary>Ctrl+C and a build that is cancelled ask the work to end; it does so between two batches and leaves no
/// half-written file. A second such signal ends the process as it would any other.</summary>
internal static class Interruption
{
    /// <summary>Runs work that such a signal may end.</summary>
    public static async Task<int> RunAsync(Func<CancellationToken, Task<int>> work)
    {
        int signals = 0;
        using var interruption = new CancellationTokenSource();
        using var ctrlC = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
        return await work(interruption.Token);

        void Interrupt(PosixSignalContext context)
        {
            context.Cancel = Interlocked.Increment(ref signals) == 1;
            interruption.Cancel();
        }
    }
}
