using System.CommandLine;
using StaticCnn.Mnist.Output;
using StaticCnn.Mnist.Training;

namespace StaticCnn.Mnist.Commands;

/// <summary><c>mnist fingerprint</c>, for build scripts: what <c>train</c> with the same options would train, as one hash.</summary>
internal static class FingerprintCommand<TModel> where TModel : class, ICnnModel<TModel>
{
    public static Command Create(SharedOptions shared, Host host)
    {
        var recipe = new RecipeOptions(TModel.Recipe);
        var command = new Command("fingerprint", "Print the hash of network, recipe, seed, data and version.") { Hidden = true };
        recipe.AddTo(command);
        shared.AddTo(command, SharedOption.Trained | SharedOption.Seed);
        command.SetAction((parsed, cancellation) => RunAsync(shared.Read(parsed, host), recipe.Read(parsed), cancellation));
        return command;
    }

    private static async Task RunAsync(CommandContext context, TrainingRecipe recipe, CancellationToken cancellation)
    {
        var data = await context.FindOrDrawDataAsync(cancellation, log: context.Host.Error); // A script reads the hash and nothing else.
        string fingerprint = Fingerprint<TModel>.Compute(recipe, context.Seed, data.Identity);
        context.Text.WriteLine(fingerprint);
        if (context.Json) JsonOutput.Write(context.Host.Out, json => json.WriteString("fingerprint", fingerprint));
    }
}
