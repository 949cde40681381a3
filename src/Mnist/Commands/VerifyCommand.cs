using System.CommandLine;
using System.Globalization;
using StaticCnn.Mnist.Output;
using StaticCnn.Verification;

namespace StaticCnn.Mnist.Commands;

/// <summary><c>mnist verify</c>: checks the generated code against the reference on this machine, at every vector width that it has.</summary>
internal static class VerifyCommand<TModel> where TModel : class, ICnnModel<TModel>
{
    public static Command Create(SharedOptions shared, Host host)
    {
        var command = new Command(
            "verify", "Check the generated code on this machine: memory, results and gradients against plain loops, allocations, threads. Needs no data.");
        shared.AddTo(command, SharedOption.Seed);
        command.SetAction((parsed, cancellation) => Task.Run(() => Run(shared.Read(parsed, host), cancellation), CancellationToken.None));
        return command;
    }

    private static void Run(CommandContext context, CancellationToken cancellation)
    {
        IReadOnlyList<VerificationResult> results;
        try
        {
            results = ModelVerifier.Verify<TModel>(new VerificationOptions { Seed = context.Seed }, next =>
            {
                cancellation.ThrowIfCancellationRequested();
                context.Host.Error.WriteLine($"Checking {next}");
            });
        }
        catch (NoSteadyImageException)
        {
            throw new ProgramException(
                Failure.Verification,
                $"{TModel.ModelName} cannot be verified with --seed {context.Seed}: every image drawn brings some ReLU or pooling so near to a tie that rounding decides its gradients. Try another --seed.");
        }
        VerificationTable.Write<TModel>(context, results);
        if (results.FirstOrDefault(result => !result.Passed) is not { } failed) return;
        int more = results.Count(result => !result.Passed) - 1;
        throw new ProgramException(Failure.Verification, string.Create(
            CultureInfo.InvariantCulture,
            $"{TModel.ModelName} is not sound: {failed.Check}{(failed.Subject.Length == 0 ? "" : " of " + failed.Subject)} at {failed.VectorBits} bits came to {failed.Worst:g3}, at most {failed.Bound:g3} is allowed" +
            $"{(more == 0 ? "" : $"; checks that failed beside it: {more}")}. This is a fault of StaticCnn or of the machine, not of the declaration: please report it with the declaration."));
    }
}
