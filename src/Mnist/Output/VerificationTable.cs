using System.Globalization;
using StaticCnn.Mnist.Commands;

namespace StaticCnn.Mnist.Output;

/// <summary>What a verification found: a line per check and layer, a column per vector width.</summary>
internal static class VerificationTable
{
    public static void Write<TModel>(CommandContext context, IReadOnlyList<VerificationResult> results) where TModel : class, ICnnModel<TModel>
    {
        int[] widths = [.. results.Select(result => result.VectorBits).Distinct()];
        WriteText(context, TModel.ModelName, results, widths);
        if (!context.Json) return;
        JsonOutput.Write(context.Host.Out, json =>
        {
            json.WriteString("model", TModel.ModelName);
            json.WriteNumber("seed", context.Seed);
            json.WriteBoolean("passed", results.All(result => result.Passed));
            json.WriteStartArray("checks");
            foreach (var result in results)
            {
                json.WriteStartObject();
                json.WriteString("check", result.Check);
                json.WriteString("subject", result.Subject);
                json.WriteNumber("vectorBits", result.VectorBits);
                // JSON has no infinity; a figure that is none fails anyway.
                if (double.IsFinite(result.Worst)) json.WriteNumber("worst", result.Worst);
                else json.WriteNull("worst");
                json.WriteNumber("bound", result.Bound);
                json.WriteBoolean("passed", result.Passed);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        });
    }

    private static void WriteText(CommandContext context, string model, IReadOnlyList<VerificationResult> results, int[] widths)
    {
        int name = Math.Max(20, results.Max(result => result.Subject.Length) + 2);
        var text = context.Text;
        text.WriteLine($"{model}: worst figures of the kernels at each vector width of this machine, seed {context.Seed}");
        text.WriteLine("(proved when the code was generated: every index of every kernel lies inside its buffer)");
        string check = "";
        foreach (var row in results.GroupBy(result => (result.Check, result.Subject)))
        {
            if (row.Key.Check != check)
            {
                check = row.Key.Check;
                string columns = string.Concat(widths.Select(bits => string.Create(CultureInfo.InvariantCulture, $"{bits + " bits",12}")));
                text.WriteLine($"\n{check.PadRight(name + 26)}{columns}{"at most",12}");
            }
            string figures = string.Concat(widths.Select(bits => $"{row.Where(result => result.VectorBits == bits).Select(Text).FirstOrDefault("-"),12}"));
            bool passed = row.All(result => result.Passed);
            string subject = row.Key.Subject.Length == 0 ? "all" : row.Key.Subject;
            text.WriteLine($"  {subject.PadRight(name + 24)}{figures}{Number(row.First().Bound),12}{(passed ? "" : "  FAILED")}");
        }
        text.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"\n{results.Count(result => result.Passed)} of {results.Count} checks passed"));
    }

    private static string Text(VerificationResult result) => Number(result.Worst);

    private static string Number(double figure) =>
        figure == Math.Floor(figure) && Math.Abs(figure) < 1e9
            ? figure.ToString("F0", CultureInfo.InvariantCulture)
            : figure.ToString("0.0e-0", CultureInfo.InvariantCulture);
}
