using System.CommandLine;
using StaticCnn.Figures;

namespace StaticCnn.Mnist.Commands;

/// <summary>The program's commands for one network, and what they share: exit codes and the form of errors.</summary>
/// <typeparam name="TModel">The generated network that the commands work on.</typeparam>
internal static class CommandLine<TModel> where TModel : class, ICnnModel<TModel>
{
    private const int WorkFailed = 1;
    private const int WrongUsage = 2;

    /// <summary>What works when it is interrupted may end in good order, between two batches for example. What waits or computes for longer is left as it is.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(0.5);

    /// <summary>Runs one command line.</summary>
    /// <returns>0 done, 1 the work failed, 2 wrong usage.</returns>
    public static async Task<int> RunAsync(string[] args, Host host, CancellationToken cancellation = default)
    {
        var shared = new SharedOptions();
        var root = new RootCommand("Trains, tests and explains a convolutional network on handwritten digits.");
        root.Subcommands.Add(InfoCommand<TModel>.Create(shared, host));
        root.Subcommands.Add(DownloadCommand.Create(shared, host));
        root.Subcommands.Add(TrainCommand<TModel>.Create(shared, host));
        root.Subcommands.Add(TestCommand<TModel>.Create(shared, host));
        root.Subcommands.Add(FiguresCommand<TModel>.Create(shared, host));
        root.Subcommands.Add(PredictCommand<TModel>.Create(shared, host));
        root.Subcommands.Add(VerifyCommand<TModel>.Create(shared, host));
        root.Subcommands.Add(AnimateCommand<TModel>.Create(shared, host));
        root.Subcommands.Add(ReportCommand<TModel>.Create(shared, host));
        root.Subcommands.Add(BenchCommand<TModel>.Create(shared, host));
        root.Subcommands.Add(DigitsCommand.Create(shared, host));
        root.Subcommands.Add(TestImagesCommand.Create(shared, host));
        root.Subcommands.Add(FingerprintCommand<TModel>.Create(shared, host));

        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            host.WriteError(Failure.Usage, $"{UsageProblem.Describe(parsed)} Run 'mnist --help' for the usage.");
            return WrongUsage;
        }
        try
        {
            var configuration = new InvocationConfiguration
            {
                Output = host.Out,
                Error = host.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null, // Signals reach the commands through the token.
            };
            // A thread of its own, not of the pool, whose care for it would count as the training's allocations.
            var work = Task.Factory.StartNew(
                () => parsed.InvokeAsync(configuration, cancellation), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
            using var patience = new CancellationTokenSource();
            using var interrupted = cancellation.Register(() => patience.CancelAfter(Patience));
            int exitCode = await work.WaitAsync(patience.Token);
            if (host.OutputFailure is not { } problem) return exitCode;
            host.WriteError(Failure.File, $"Not all of the output could be written ({problem}); the work itself was done.");
            return WorkFailed;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            host.WriteError(Failure.Interrupted, "interrupted; every file is as it was before, or whole.");
            return WorkFailed;
        }
        catch (Exception e) when (e is ProgramException or FigureException or WeightsException or DataException or IOException or UnauthorizedAccessException)
        {
            host.WriteError(FailureOf(e), e.Message);
            return FailureOf(e) is Failure.Figure or Failure.Layer or Failure.Channel ? WrongUsage : WorkFailed;
        }
    }

    private static Failure FailureOf(Exception exception) => exception switch
    {
        ProgramException e => e.Failure,
        FigureException e => e.Problem switch
        {
            FigureProblem.Name => Failure.Figure,
            FigureProblem.Layer => Failure.Layer,
            FigureProblem.Channel => Failure.Channel,
            FigureProblem.Digit => Failure.Digit,
            _ => Failure.History,
        },
        DataException => Failure.Data,
        WeightsException => Failure.Weights,
        _ => Failure.File,
    };
}
