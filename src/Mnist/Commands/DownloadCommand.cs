using System.CommandLine;
using StaticCnn.Mnist.Output;

namespace StaticCnn.Mnist.Commands;

/// <summary><c>mnist download</c>: has the data at hand and says where it is.</summary>
internal static class DownloadCommand
{
    public static Command Create(SharedOptions shared, Host host)
    {
        var command = new Command("download", "Fetch the data, unless a folder is named or the cache holds it.");
        shared.AddTo(command, SharedOption.Data | SharedOption.Download);
        command.SetAction((parsed, cancellation) => RunAsync(shared.Read(parsed, host), cancellation));
        return command;
    }

    private static async Task RunAsync(CommandContext context, CancellationToken cancellation)
    {
        var data = await context.FindDataAsync(cancellation);
        context.Text.WriteLine($"Data: {data.Label}{(data.Folder is null ? ", drawn when needed; nothing to download" : $" in {data.Folder}")}");
        if (!context.Json) return;
        JsonOutput.Write(context.Host.Out, json =>
        {
            json.WriteString("dataset", data.Label);
            json.WriteString("folder", data.Folder);
            json.WriteString("identity", data.Identity);
        });
    }
}
