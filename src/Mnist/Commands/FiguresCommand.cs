using System.CommandLine;
using System.Globalization;
using StaticCnn.Figures;
using StaticCnn.Figures.Drawing;
using StaticCnn.Figures.History;
using StaticCnn.Mnist.Data;
using StaticCnn.Mnist.Output;
using StaticCnn.Mnist.Training;

namespace StaticCnn.Mnist.Commands;

/// <summary><c>mnist figures</c>: draws what the network has learned and what it computes.</summary>
internal static class FiguresCommand<TModel> where TModel : class, ICnnModel<TModel>
{
    public static Command Create(SharedOptions shared, Host host)
    {
        var folder = new Option<string>("--out")
        {
            Description = "The folder to write the figures to, each as PNG and as SVG.",
            HelpName = "DIR",
            Required = true,
            CustomParser = SharedOptions.ParsePath,
        };
        var only = new Option<string?>("--only")
        {
            Description = $"Draw only one figure: {string.Join(", ", FigureSet<TModel>.Names)}.",
            HelpName = "NAME",
        };
        // A string: where SkiaSharp is missing, as in the package's trainer, the other commands work all the same.
        var theme = SharedOptions.Choice("--theme", "Colours for light or dark pages.", "light", "dark");
        var layer = new Option<string?>("--layer")
        {
            Description = "The layer that kernels and features show. Default: the first convolution.",
            HelpName = "NAME",
        };
        var digit = new Option<int?>("--digit")
        {
            Description = "The digit that features and data-flow show: the first test image with that label. Default: 7.",
            HelpName = "N",
            CustomParser = argument => SharedOptions.Parse<int>(argument, "a digit", digit => digit >= 0),
        };
        var all = new Option<bool>("--all") { Description = "In digits, show all digits by all maps rather than five by five." };
        var command = new Command("figures", "Draw what the network has learned and what it computes.");
        foreach (Option option in (Option[])[folder, only, theme, layer, digit, all]) command.Options.Add(option);
        AddRules(command, only, (layer, ["kernels", "features"]), (digit, ["features", "data-flow"]), (all, ["digits"]));
        shared.AddTo(command, SharedOption.Trained);
        command.SetAction((parsed, cancellation) => RunAsync(
            shared.Read(parsed, host), parsed.GetRequiredValue(folder), parsed.GetValue(only), parsed.GetValue(theme)!,
            new FigureOptions(parsed.GetValue(layer), parsed.GetValue(digit), parsed.GetValue(all)), cancellation));
        return command;
    }

    /// <summary>With one figure alone, an option of others has no effect.</summary>
    private static void AddRules(Command command, Option<string?> only, params (Option Option, string[] Figures)[] uses) => command.Validators.Add(result =>
    {
        if (result.GetResult(only)?.Tokens is not [{ Value: var name }] || !FigureSet<TModel>.Names.Contains(name)) return;
        foreach (var (option, figures) in uses)
        {
            if (result.Has(option) && !figures.Contains(name)) result.AddError($"{option.Name} has no effect with --only {name}, but with {string.Join(" and ", figures)}.");
        }
    });

    private static async Task RunAsync(
        CommandContext context, string folder, string? only, string theme, FigureOptions options, CancellationToken cancellation)
    {
        FigureSet<TModel>.Check(only, options.Layer); // Before the data is looked for.
        OutputFolder.Require(folder, "--out");
        string weights = context.WeightsOf(TModel.ModelName);
        var model = WeightsFile<TModel>.Load(weights);
        var history = HistoryOf(context, weights, isRequired: only is not null && FigureSet<TModel>.NeedsHistory(only));
        var data = DataSet<TModel>.Load(await context.FindOrDrawDataAsync(cancellation), context.Threads);
        var figures = new FigureSet<TModel>(model, data.Train, data.Test, history, context.Threads);
        IReadOnlyCollection<string> names = only is null ? figures.NamesFor(options) : [only];
        var written = FigureFiles.Write(context.Text, figures, names, options, folder, Theme.Named(theme), cancellation);
        context.Text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Figures: {written.Count} in {folder}, each as PNG and SVG"));
        if (context.Json) JsonOutput.Write(context.Host.Out, json => FigureFiles.WriteJson(json, folder, theme, written));
    }

    /// <summary>The history of a weights file; null where there is none, or it is that of others.</summary>
    /// <exception cref="FigureException">That is so, though it is required.</exception>
    internal static TrainingHistory? HistoryOf(CommandContext context, string weights, bool isRequired)
    {
        try
        {
            return TrainingHistory.LoadFor(weights);
        }
        catch (FigureException e) when (!isRequired)
        {
            context.Text.WriteLine($"Without the figures of a training: {e.Message}");
            return null;
        }
    }
}
