using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using StaticCnn.Mnist.Commands;

namespace StaticCnn.Mnist.Output;

/// <summary>A network's measured costs as tables for people and as JSON.</summary>
internal static class CostOutput
{
    /// <summary>One table by layer, and one by step.</summary>
    public static void Write(CommandContext context, CostReport report)
    {
        Line(context, $"Cost on one thread, {report.VectorBits}-bit vectors, FMA peak {report.FmaPeak:F1} GFLOP/s a core. Microseconds are medians, per image.");
        Line(context, $"A layer without a time of its own is fused into its neighbour. GFLOP/s are of direct work: Winograd's F(...) can pass the peak.");
        var layers = ModelTables.CreateTable("Layer").AddRight("Params").AddRight("Bytes out").AddRight("Multiply-adds");
        layers.AddColumn("Algorithm");
        foreach (string column in (string[])["Forward", "Backward", "Per batch", "GFLOP/s", "% peak", "One image", "GFLOP/s"]) layers.AddRight(column);
        foreach (var layer in report.Layers) Add(layers, layer.Layer?.Name ?? "shared", layer, report.FmaPeak, fused: layer.Layer is not null);
        Add(layers, "total", report.Total, report.FmaPeak, fused: false);
        context.Console.Write(layers);

        Line(context, $"{"Step",-28}{"us",9}{"GFLOP/s",9}{"% peak",8}  What it computes");
        foreach (var pass in Enum.GetValues<CostPass>())
        {
            Line(context, $"{Title(pass)}");
            foreach (var step in report.Total.Steps.Where(step => step.Pass == pass))
                Line(context, $"  {step.Name,-26}{step.Microseconds,9:F3}{Number(step.Gigaflops),9}{Share(step.Gigaflops, report.FmaPeak),8}  {step.Description}");
        }
    }

    /// <summary>The member <c>cost</c> of an object.</summary>
    public static void Write(Utf8JsonWriter json, CostReport report)
    {
        json.WriteStartObject("cost");
        json.WriteNumber("fmaPeakGflopsPerCore", report.FmaPeak);
        json.WriteStartArray("layers");
        foreach (var layer in report.Layers) Write(json, layer.Layer?.Name ?? "", layer, report.FmaPeak);
        json.WriteEndArray();
        json.WriteStartArray("steps");
        foreach (var step in report.Total.Steps)
        {
            json.WriteStartObject();
            json.WriteString("pass", step.Pass.ToString().ToLowerInvariant());
            json.WriteString("name", step.Name);
            json.WriteString("layer", step.Layer);
            json.WriteString("description", step.Description);
            json.WriteNumber("multiplyAdds", step.MultiplyAdds);
            json.WriteNumber("us", step.Microseconds);
            Write(json, "gflops", step.Gigaflops);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, LayerCost cost, double peak)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteNumber("parameters", cost.Layer?.ParameterCount ?? 0);
        json.WriteNumber("activationBytes", cost.ActivationBytes);
        json.WriteNumber("multiplyAdds", cost.Layer?.MultiplyAdds ?? 0);
        json.WriteString("algorithm", cost.Algorithm);
        Write(json, "forwardUs", cost.Microseconds(CostPass.Forward));
        Write(json, "backwardUs", cost.Microseconds(CostPass.Backward));
        Write(json, "perBatchUs", cost.Microseconds(CostPass.Batch));
        Write(json, "gflops", cost.TrainingGigaflops);
        Write(json, "shareOfPeak", cost.TrainingGigaflops / peak);
        json.WriteString("oneImageAlgorithm", cost.ImageAlgorithm);
        Write(json, "oneImageUs", cost.Microseconds(CostPass.Image));
        Write(json, "oneImageGflops", cost.ImageGigaflops);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number) json.WriteNumber(name, number);
        else json.WriteNull(name);
    }

    private static void Add(Table table, string name, LayerCost cost, double peak, bool fused) => table.AddTexts(
        name,
        cost.Layer is null ? "" : ModelTables.Number(cost.Layer.ParameterCount),
        cost.Layer is null ? "" : ModelTables.Number(cost.ActivationBytes),
        cost.Layer is null ? "" : ModelTables.Number(cost.Layer.MultiplyAdds),
        cost.Layer is null ? "" : cost.Algorithm,
        Time(cost, CostPass.Forward, fused), Time(cost, CostPass.Backward, fused), Time(cost, CostPass.Batch, false),
        Number(cost.TrainingGigaflops), Share(cost.TrainingGigaflops, peak),
        Time(cost, CostPass.Image, fused), Number(cost.ImageGigaflops));

    private static string Time(LayerCost cost, CostPass pass, bool fused) =>
        cost.Microseconds(pass) is { } time ? time.ToString("F2", CultureInfo.InvariantCulture)
        : fused && cost.Layer!.Kind != LayerKind.Flatten ? "fused" : "";

    private static string Title(CostPass pass) => pass switch
    {
        CostPass.Forward => "training, forward",
        CostPass.Backward => "training, backward",
        CostPass.Batch => "training, once per batch",
        _ => "one image",
    };

    private static string Number(double? value) => value?.ToString("F1", CultureInfo.InvariantCulture) ?? "";

    private static string Share(double? gigaflops, double peak) => (100 * gigaflops / peak)?.ToString("F0", CultureInfo.InvariantCulture) ?? "";

    private static void Line(CommandContext context, FormattableString line) =>
        context.Text.WriteLine(line.ToString(CultureInfo.InvariantCulture).TrimEnd());
}
