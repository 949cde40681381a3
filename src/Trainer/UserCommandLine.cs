using StaticCnn.Mnist;
using StaticCnn.Mnist.Commands;

namespace StaticCnn.Trainer;

/// <summary>
/// <c>mnist</c>'s command line, after <c>--assembly FILE --references FILE [--model NAME]</c> that say whose network it is
/// about. In the arguments, <c>{model}</c> stands for the name of the network's weights, which the build need not know.
/// </summary>
internal static class UserCommandLine
{
    private const int WorkFailed = 1;

    /// <summary>What stands for the name of the network's weights.</summary>
    public const string Placeholder = "{model}";

    /// <summary>Runs one command line.</summary>
    /// <returns>0 done, 1 the work failed, 2 wrong usage.</returns>
    public static async Task<int> RunAsync(string[] args, Host host, CancellationToken cancellation = default)
    {
        var rest = new Queue<string>(args);
        string? assembly = Take(rest, "--assembly"), references = Take(rest, "--references"), name = Take(rest, "--model");
        if (assembly is null) return await CommandLine<SimpleCnn>.RunAsync([.. rest], host, cancellation);
        try
        {
            var model = UserModel.Find(assembly, references, name);
            string weights = UserModel.WeightsNameOf(model);
            string[] command = [.. rest.Select(arg => arg.Replace(Placeholder, weights, StringComparison.Ordinal))];
            return await UserModel.RunAsync(model, command, host, cancellation);
        }
        catch (ProgramException e)
        {
            host.WriteError(e.Failure, e.Message);
            return WorkFailed;
        }
        catch (Exception e) when (e is IOException or BadImageFormatException or TypeLoadException or TypeInitializationException)
        {
            host.WriteError(Failure.Assembly, $"{assembly} cannot be used: {(e.InnerException ?? e).Message}");
            return WorkFailed;
        }
    }

    private static string? Take(Queue<string> args, string option)
    {
        if (args.Count < 2 || args.Peek() != option) return null;
        args.Dequeue();
        return args.Dequeue();
    }
}
