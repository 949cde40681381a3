using System.CommandLine;
using StaticCnn.Figures.Drawing;
using StaticCnn.Figures.History;
using StaticCnn.Figures.Motion;
using StaticCnn.Mnist.Data;
using StaticCnn.Mnist.Output;
using StaticCnn.Mnist.Training;

namespace StaticCnn.Mnist.Commands;

/// <summary><c>mnist animate</c>: shows a convolution in motion.</summary>
internal static class AnimateCommand<TModel> where TModel : class, ICnnModel<TModel>
{
    public static Command Create(SharedOptions shared, Host host)
    {
        var file = new Option<string>("--out")
        {
            Description = "The file to write: animated WebP (.webp) or animated PNG (.png, .apng).",
            HelpName = "FILE",
            Required = true,
            CustomParser = argument => SharedOptions.ParseFile(argument, ".webp", ".png", ".apng")!,
        };
        var layer = new Option<string?>("--layer") { Description = "The convolution to show. Default: the first one.", HelpName = "NAME" };
        var channel = new Option<int>("--channel")
        {
            Description = "The kernel to show, from 0 on. Default: 0.",
            HelpName = "N",
            CustomParser = argument => SharedOptions.Parse<int>(argument, "a number from 0 on", n => n >= 0),
        };
        var digit = new Option<int?>("--digit")
        {
            Description = "The digit that it works on: the first test image with that label. Default: 7.",
            HelpName = "N",
            CustomParser = argument => SharedOptions.Parse<int>(argument, "a digit", n => n >= 0),
        };
        var still = new Option<string?>("--still")
        {
            Description = "Also write the frame where the kernel answers most as a PNG for print.",
            HelpName = "FILE.png",
            CustomParser = argument => SharedOptions.ParseFile(argument, ".png"),
        };
        // A string: where SkiaSharp is missing, as in the package's trainer, the other commands work all the same.
        var theme = SharedOptions.Choice("--theme", "Colours for light or dark pages.", "light", "dark");
        var scale = new Option<float>("--scale")
        {
            Description = "Pixels per unit, from 0.25 to 4; 1 is about 800 pixels across.",
            HelpName = "X",
            CustomParser = argument => SharedOptions.Parse<float>(argument, "a number from 0.25 to 4", x => x is >= 0.25f and <= 4),
            DefaultValueFactory = _ => 1,
        };
        var training = new Option<bool>("--training") { Description = "Show instead how kernels and accuracy develop over the training, from its history." };
        var command = new Command("animate", "Show a learned kernel at work, or a training: a convolution in motion.");
        foreach (Option option in (Option[])[file, layer, channel, digit, training, still, theme, scale]) command.Options.Add(option);
        foreach (Option option in (Option[])[layer, channel, digit]) command.Excludes(option, training);
        shared.ExcludeData(command, training);
        shared.AddTo(command, SharedOption.Trained);
        command.SetAction((parsed, cancellation) => RunAsync(
            shared.Read(parsed, host), parsed.GetRequiredValue(file), parsed.GetValue(still),
            new Subject(parsed.GetValue(layer), parsed.GetValue(channel), parsed.GetValue(digit), parsed.GetValue(training)),
            parsed.GetValue(theme)!, parsed.GetValue(scale), cancellation));
        return command;
    }

    /// <summary>What is shown.</summary>
    private sealed record Subject(string? Layer, int Channel, int? Digit, bool Training);

    private static async Task RunAsync(
        CommandContext context, string file, string? still, Subject subject, string theme, float scale, CancellationToken cancellation)
    {
        if (!subject.Training) ConvolutionAnimation.Check<TModel>(subject.Layer, subject.Channel); // Before the data is looked for.
        OutputFolder.Require(FolderOf(file), "--out");
        if (still is not null) OutputFolder.Require(FolderOf(still), "--still");
        var animation = await CreateAsync(context, subject, cancellation);
        AnimationFile.Write(context, animation, file, Theme.Named(theme), scale, cancellation);
        if (still is not null)
        {
            animation.Still.SavePng(still, Theme.Named(theme));
            context.Text.WriteLine($"Still: {still}");
        }
        if (context.Json) JsonOutput.Write(context.Host.Out, json => AnimationFile.WriteJson(json, animation, file, still));
    }

    private static async Task<Animation> CreateAsync(CommandContext context, Subject subject, CancellationToken cancellation)
    {
        string weights = context.WeightsOf(TModel.ModelName);
        if (subject.Training) return TrainingAnimation.Create(TrainingHistory.LoadFor(weights));
        var model = WeightsFile<TModel>.Load(weights);
        var data = DataSet<TModel>.Load(await context.FindOrDrawDataAsync(cancellation), context.Threads);
        return ConvolutionAnimation.Create(model, data.Test, subject.Layer, subject.Channel, subject.Digit);
    }

    private static string FolderOf(string file) => Path.GetDirectoryName(Path.GetFullPath(file))!;
}
