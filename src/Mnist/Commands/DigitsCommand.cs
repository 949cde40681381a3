using System.CommandLine;
using System.Globalization;
using StaticCnn.Mnist.Data;
using StaticCnn.Mnist.Output;

namespace StaticCnn.Mnist.Commands;

/// <summary><c>mnist digits</c>: writes procedural digits as MNIST's four files, and a picture of some.</summary>
internal static class DigitsCommand
{
    private const string SheetName = "digits.png";

    public static Command Create(SharedOptions shared, Host host)
    {
        var folder = new Option<string>("--out")
        {
            Description = $"The folder to write the four IDX files (.gz) and the contact sheet {SheetName} to.",
            HelpName = "DIR",
            Required = true,
            CustomParser = SharedOptions.ParsePath,
        };
        var count = new Option<int>("--count")
        {
            Description = "Digits to train with; a sixth of it to test with.",
            HelpName = "N",
            CustomParser = argument => SharedOptions.Parse<int>(
                argument, $"a number from {ProceduralData.MinimumCount} to {ProceduralData.MaximumCount}",
                count => count is >= ProceduralData.MinimumCount and <= ProceduralData.MaximumCount),
            DefaultValueFactory = _ => ProceduralData.DefaultCount,
        };
        var command = new Command("digits", "Draw digits, and write them as IDX files with a contact sheet.");
        command.Options.Add(folder);
        command.Options.Add(count);
        shared.AddTo(command, SharedOption.Seed | SharedOption.Threads);
        command.SetAction((parsed, _) => Task.Run(
            () => Run(shared.Read(parsed, host), parsed.GetRequiredValue(folder), parsed.GetValue(count)), CancellationToken.None));
        return command;
    }

    private static void Run(CommandContext context, string folder, int count)
    {
        var data = new ProceduralData(count, context.Seed);
        LabeledImages train = data.LoadTraining(context.Threads), test = data.LoadTest(context.Threads);
        string[] files = [.. IdxFolder.FileNames.Select(name => Path.Combine(folder, name + ".gz"))];
        IdxFile.WriteImages(files[0], train.Images);
        IdxFile.WriteLabels(files[1], train.Labels);
        IdxFile.WriteImages(files[2], test.Images);
        IdxFile.WriteLabels(files[3], test.Labels);
        string sheet = Path.Combine(folder, SheetName);
        ContactSheet.Write(sheet, train);
        context.Text.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"Digits: {train.Count:N0} to train with and {test.Count:N0} to test with in {folder}; some of them in {sheet}"));
        if (!context.Json) return;
        JsonOutput.Write(context.Host.Out, json =>
        {
            json.WriteString("folder", folder);
            json.WriteNumber("train", train.Count);
            json.WriteNumber("test", test.Count);
            json.WriteNumber("seed", context.Seed);
            json.WriteString("sheet", sheet);
        });
    }
}
