using System.CommandLine;
using System.Globalization;
using StaticCnn.Mnist.Output;

namespace StaticCnn.Mnist.Commands;

/// <summary><c>mnist test-images</c>: writes the first test images, for the page to offer.</summary>
internal static class TestImagesCommand
{
    private const int DefaultCount = 100, MostCount = 1000;

    /// <summary>The files that it writes.</summary>
    internal const string ImagesName = "test-images.gz", LabelsName = "test-labels.gz";

    public static Command Create(SharedOptions shared, Host host)
    {
        var folder = new Option<string>("--out")
        {
            Description = $"The folder to write {ImagesName} and {LabelsName} to, IDX files both.",
            HelpName = "DIR",
            Required = true,
            CustomParser = SharedOptions.ParsePath,
        };
        var count = new Option<int>("--count")
        {
            Description = $"Images to write. Default: {DefaultCount}.",
            HelpName = "N",
            CustomParser = argument => SharedOptions.Parse<int>(argument, $"a number from 1 to {MostCount}", count => count is >= 1 and <= MostCount),
            DefaultValueFactory = _ => DefaultCount,
        };
        var command = new Command("test-images", "Write the first test images and their labels as IDX files, as src/Page offers them.");
        command.Options.Add(folder);
        command.Options.Add(count);
        shared.AddTo(command, SharedOption.Data | SharedOption.Threads | SharedOption.Download);
        command.SetAction((parsed, cancellation) => RunAsync(shared.Read(parsed, host), parsed.GetRequiredValue(folder), parsed.GetValue(count), cancellation));
        return command;
    }

    private static async Task RunAsync(CommandContext context, string folder, int most, CancellationToken cancellation)
    {
        OutputFolder.Require(folder, "--out");
        var test = (await context.FindOrDrawDataAsync(cancellation)).LoadTest(context.Threads);
        int count = Math.Min(most, test.Count);
        IdxFile.WriteImages(Path.Combine(folder, ImagesName), new IdxImages(test.Images.Pixels[..(count * test.Shape.Length)], count, test.Shape));
        IdxFile.WriteLabels(Path.Combine(folder, LabelsName), test.Labels[..count]);
        context.Text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Test images: {count:N0} of {test.Source} in {folder}"));
        if (!context.Json) return;
        JsonOutput.Write(context.Host.Out, json =>
        {
            json.WriteString("folder", folder);
            json.WriteNumber("count", count);
        });
    }
}
