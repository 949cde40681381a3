using System.CommandLine;
using System.Globalization;
using System.Text;
using StaticCnn.Figures;
using StaticCnn.Mnist.Data;
using StaticCnn.Mnist.Output;
using StaticCnn.Mnist.Report;
using StaticCnn.Mnist.Training;

namespace StaticCnn.Mnist.Commands;

/// <summary><c>mnist report</c>: one page that tells of the trained network from the data to the answers.</summary>
internal static class ReportCommand<TModel> where TModel : class, ICnnModel<TModel>
{
    public static Command Create(SharedOptions shared, Host host)
    {
        var file = new Option<string>("--out")
        {
            Description = "The HTML file to write; it needs no other file and no network.",
            HelpName = "FILE.html",
            Required = true,
            CustomParser = argument => SharedOptions.ParseFile(argument, ".html", ".htm")!,
        };
        var language = SharedOptions.Choice("--language", "The language of its text.", [.. ReportTexts.Languages]);
        var command = new Command("report", "Tell of the network on one page: data, training, test, what it has learned.");
        command.Options.Add(file);
        command.Options.Add(language);
        shared.AddTo(command, SharedOption.Trained);
        command.SetAction((parsed, cancellation) => RunAsync(
            shared.Read(parsed, host), parsed.GetRequiredValue(file), parsed.GetValue(language)!, cancellation));
        return command;
    }

    private static async Task RunAsync(CommandContext context, string file, string language, CancellationToken cancellation)
    {
        OutputFolder.Require(Path.GetDirectoryName(Path.GetFullPath(file))!, "--out");
        string weights = context.WeightsOf(TModel.ModelName);
        var model = WeightsFile<TModel>.Load(weights);
        var history = FiguresCommand<TModel>.HistoryOf(context, weights, isRequired: false);
        var data = DataSet<TModel>.Load(await context.FindOrDrawDataAsync(cancellation), context.Threads);
        var figures = new FigureSet<TModel>(model, data.Train, data.Test, history, context.Threads);
        var subject = new ReportSubject<TModel>(model, data, history, WeightsFile<TModel>.HashOf(weights), context.Threads);
        long bytes = Write(subject, figures, file, language, cancellation);
        context.Text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Report: {file}, {bytes / 1024.0:N0} KiB"));
        if (!context.Json) return;
        JsonOutput.Write(context.Host.Out, json =>
        {
            json.WriteString("report", file);
            json.WriteString("language", language);
            json.WriteNumber("bytes", bytes);
        });
    }

    /// <summary>The page in a browser, where it was put beside the report.</summary>
    private const string Page = "page/index.html";

    /// <summary>Writes the report, whole or not at all; the length of the file is returned.</summary>
    internal static long Write(
        ReportSubject<TModel> subject, FigureSet<TModel> figures, string file, string language, CancellationToken cancellation)
    {
        string? page = File.Exists(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, Page)) ? Page : null;
        byte[] report = Encoding.UTF8.GetBytes(ReportPage.Create(subject, figures, language, page, cancellation));
        AtomicFile.Write(file, stream => stream.Write(report));
        return report.Length;
    }
}
