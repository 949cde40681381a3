using System.Text.Json;
using StaticCnn.Figures;
using StaticCnn.Figures.Drawing;

namespace StaticCnn.Mnist.Output;

/// <summary>Figures as files.</summary>
internal static class FigureFiles
{
    /// <summary>A figure and the files that show it.</summary>
    public sealed record Written(Figure Figure, string Png, string Svg);

    /// <summary>Draws figures and writes each as PNG and SVG; files of the dark theme have <c>-dark</c> in their names.</summary>
    /// <param name="log">Receives each PNG's name.</param>
    /// <param name="figures">The figures.</param>
    /// <param name="names">Those to draw.</param>
    /// <param name="options">What they are to show.</param>
    /// <param name="folder">The files' folder.</param>
    /// <param name="theme">The colours.</param>
    /// <param name="cancellation">Ends the work between two figures.</param>
    public static IReadOnlyList<Written> Write<TModel>(
        TextWriter log, FigureSet<TModel> figures, IReadOnlyCollection<string> names, FigureOptions options,
        string folder, Theme theme, CancellationToken cancellation) where TModel : class, ICnnModel<TModel>
    {
        var written = new List<Written>();
        foreach (string name in names)
        {
            cancellation.ThrowIfCancellationRequested();
            string path = Path.Combine(folder, name + (theme == Theme.Dark ? "-dark" : ""));
            var one = new Written(figures.Create(name, options), path + ".png", path + ".svg");
            one.Figure.SavePng(one.Png, theme);
            one.Figure.SaveSvg(one.Svg, theme);
            log.WriteLine(one.Png);
            written.Add(one);
        }
        return written;
    }

    /// <summary>Writes the members of a description of the files.</summary>
    public static void WriteJson(Utf8JsonWriter json, string folder, string theme, IReadOnlyList<Written> written)
    {
        json.WriteString("folder", folder);
        json.WriteString("theme", theme);
        json.WriteStartArray("figures");
        foreach (var one in written)
        {
            json.WriteStartObject();
            json.WriteString("name", one.Figure.Name);
            json.WriteString("png", one.Png);
            json.WriteString("svg", one.Svg);
            json.WriteString("alternative", one.Figure.Alternative);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
