using System.Globalization;
using System.Text.Json;
using StaticCnn.Figures;
using StaticCnn.Figures.Drawing;
using StaticCnn.Figures.History;
using StaticCnn.Mnist.Commands;
using StaticCnn.Mnist.Data;
using StaticCnn.Mnist.Report;

namespace StaticCnn.Mnist.Output;

/// <summary>What shows a trained network: its figures in both themes, a report, and an index that says of which weights they are.</summary>
/// <param name="folder">Where they stand.</param>
internal sealed class Artifacts<TModel>(string folder) where TModel : class, ICnnModel<TModel>
{
    private string IndexFile => Path.Combine(folder, "index.json");

    /// <summary>Whether what stands there shows the weights with this hash.</summary>
    public bool Show(string weightsSha256)
    {
        if (!File.Exists(IndexFile)) return false;
        try
        {
            using var index = JsonDocument.Parse(File.ReadAllBytes(IndexFile));
            return index.RootElement.GetProperty("weightsSha256").GetString() == weightsSha256;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return false;
        }
    }

    /// <summary>Writes everything, the index last.</summary>
    /// <param name="text">Receives where.</param>
    /// <param name="model">The trained network.</param>
    /// <param name="data">The images that it was trained and tested with.</param>
    /// <param name="history">The training's history; null where there is none.</param>
    /// <param name="weightsSha256">Its weights file.</param>
    /// <param name="threads">Threads that compute.</param>
    /// <param name="cancellation">Ends the work between two figures.</param>
    public void Write(
        TextWriter text, TModel model, DataSet<TModel> data, TrainingHistory? history, string weightsSha256, int threads, CancellationToken cancellation)
    {
        string figureFolder = Path.Combine(folder, "figures");
        var figures = new FigureSet<TModel>(model, data.Train, data.Test, history, threads);
        var options = new FigureOptions();
        var written = FigureFiles.Write(TextWriter.Null, figures, figures.NamesFor(options), options, figureFolder, Theme.Light, cancellation);
        FigureFiles.Write(TextWriter.Null, figures, figures.NamesFor(options), options, figureFolder, Theme.Dark, cancellation);
        text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Figures: {written.Count} in {figureFolder}, light and dark, each as PNG and SVG"));
        string report = Path.Combine(folder, "report.html");
        ReportCommand<TModel>.Write(
            new ReportSubject<TModel>(model, data, history, weightsSha256, threads), figures, report, ReportTexts.Languages[0], cancellation);
        text.WriteLine($"Report: {report}");
        AtomicFile.Write(IndexFile, stream =>
        {
            using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" });
            json.WriteStartObject();
            json.WriteString("model", TModel.ModelName);
            json.WriteString("weightsSha256", weightsSha256);
            json.WriteString("report", report);
            FigureFiles.WriteJson(json, figureFolder, Theme.Light.Name, written);
            json.WriteEndObject();
        });
    }
}
