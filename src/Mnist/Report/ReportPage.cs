using StaticCnn.Figures;
using StaticCnn.Figures.History;
using StaticCnn.Mnist.Data;

namespace StaticCnn.Mnist.Report;

/// <summary>What a report tells of.</summary>
/// <param name="Model">The trained network.</param>
/// <param name="Data">The images that it was trained and tested with.</param>
/// <param name="History">The training's history; null where there is none.</param>
/// <param name="WeightsSha256">Its weights file.</param>
/// <param name="Threads">Threads that compute; the report does not depend on it.</param>
internal sealed record ReportSubject<TModel>(TModel Model, DataSet<TModel> Data, TrainingHistory? History, string WeightsSha256, int Threads)
    where TModel : class, ICnnModel<TModel>;

/// <summary>A trained network on one page of HTML that needs no other file: the tutorial's steps with its own numbers and pictures.</summary>
internal static class ReportPage
{
    /// <summary>Writes the page.</summary>
    /// <param name="subject">What it tells of.</param>
    /// <param name="figures">The figures, drawn as they are needed.</param>
    /// <param name="language">One of <see cref="ReportTexts.Languages"/>.</param>
    /// <param name="page">The address of the page that src/Page makes, relative to the report; null where there is none.</param>
    /// <param name="cancellation">Ends the work between two pictures.</param>
    public static string Create<TModel>(
        ReportSubject<TModel> subject, FigureSet<TModel> figures, string language, string? page, CancellationToken cancellation)
        where TModel : class, ICnnModel<TModel>
    {
        var texts = ReportTexts.Of(language);
        var steps = new ReportSteps<TModel>(subject, figures, texts, cancellation);
        (string Key, Action Write)[] sections =
        [
            ("setup", steps.Setup), ("data", steps.Data), ("samples", steps.Samples), ("network", steps.Network), ("parameters", steps.Parameters),
            ("flow", steps.Flow), ("recipe", steps.Recipe), ("training", steps.Training), ("test", steps.Test), ("predictions", steps.Predictions),
            ("kernels", steps.Kernels), ("features", steps.Features), ("digits", steps.Digits), ("insights", steps.Insights),
        ];
        var predictions = figures.Predictions;
        string title = texts.Format("title", ("model", TModel.ModelName));
        var html = steps.Html;
        html.Raw($"<!DOCTYPE html>\n<html lang=\"{texts["language"]}\">\n<head>\n<meta charset=\"utf-8\">");
        html.Raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">");
        html.Raw($"<link rel=\"icon\" href=\"data:,\">\n<title>{Html.Encode(title)}</title>\n<style>\n{Style()}</style>\n</head>\n<body>");
        html.Raw($"<a class=\"skip\" href=\"#setup\">{Html.Encode(texts["skip"])}</a>\n<header><h1>{Html.Encode(title)}</h1>");
        html.Paragraph(
            texts.Format(
                "lead", ("parameters", Numbers.Count(TModel.ParameterCount)), ("accuracy", Numbers.Percent(predictions.Accuracy)),
                ("total", Numbers.Count(predictions.Answers.Length))),
            "lead");
        html.Raw($"</header>\n<nav aria-labelledby=\"contents\"><h2 id=\"contents\">{Html.Encode(texts["contents"])}</h2><ol>");
        for (int i = 0; i < sections.Length; i++)
            html.Raw($"<li><a href=\"#{sections[i].Key}\">{i + 1}. {Html.Encode(texts[$"{sections[i].Key}.title"])}</a></li>");
        html.Raw("</ol>");
        if (page is not null) html.Raw($"<p><a href=\"{page}?language={language}\">{Html.Encode(texts["page"])}</a></p>");
        html.Raw("</nav>\n<main>");
        for (int i = 0; i < sections.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var (key, write) = sections[i];
            html.Raw($"<section id=\"{key}\" tabindex=\"-1\"><h2><span class=\"number\">{i + 1}</span>{Html.Encode(texts[$"{key}.title"])}</h2>");
            write();
            html.Raw("</section>");
        }
        html.Raw("</main>\n<footer>");
        html.Paragraph(texts.Format("footer", ("version", ProgramVersion.Text), ("sha256", subject.WeightsSha256)));
        html.Raw("</footer>\n</body>\n</html>");
        return html.ToString();
    }

    private static string Style()
    {
        using var stream = typeof(ReportPage).Assembly.GetManifestResourceStream("Report/style.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
