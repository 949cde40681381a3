using System.Runtime.InteropServices;
#if HAS_SIMPLECNN // MERGE: drop the two conditions and the #else branch once the generator completes SimpleCnn.
using StaticCnn.Mnist;
using StaticCnn.Mnist.Commands;
#endif

// Ctrl+C and a build that is cancelled ask the work to end; it does so between two batches and leaves no half-written file.
using var interruption = new CancellationTokenSource();
using var ctrlC = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
#if HAS_SIMPLECNN
return await CommandLine<SimpleCnn>.RunAsync(args, Host.OfProcess(), interruption.Token);
#else
Console.Error.WriteLine("mnist: error: this build has no network");
return 1;
#endif

void Interrupt(PosixSignalContext context)
{
    context.Cancel = true;
    interruption.Cancel();
}
