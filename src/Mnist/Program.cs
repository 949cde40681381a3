using System.Runtime.InteropServices;
using StaticCnn.Mnist;
using StaticCnn.Mnist.Commands;

// Ctrl+C and a build that is cancelled ask the work to end; it does so between two batches and leaves no half-written file.
using var interruption = new CancellationTokenSource();
using var ctrlC = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
return await CommandLine<SimpleCnn>.RunAsync(args, Host.OfProcess(), interruption.Token);

void Interrupt(PosixSignalContext context)
{
    context.Cancel = true;
    interruption.Cancel();
}
