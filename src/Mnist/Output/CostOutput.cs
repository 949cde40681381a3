using System.Globalization;
using System.Text.Json;
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
        context.Text.WriteLine();
        Line(context, $"{"Layer",-12}{"Params",9}{"Bytes out",11}{"Mult-adds",11}  {"Algorithm",-13}{"Forward",8}{"Backward",9}{"Batch",7}{"GFLOP/s",9}{"% peak",7}{"One image",11}{"GFLOP/s",9}");
        foreach (var layer in report.Layers) WriteLayer(context, layer.Layer?.Name ?? "shared", layer, report.FmaPeak);
        WriteLayer(context, "total", report.Total, report.FmaPeak);

        context.Text.WriteLine();
        Line(context, $"{"Step",-28}{"us",9}{"GFLOP/s",9}{"% peak",8}  What it computes");
        foreach (var pass in Enum.GetValues<CostPass>())
        {
            Line(context, $"{Title(pass)}");
            foreach (var step in report.Steps.Where(step => step.Pass == pass))
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
        foreach (var step in report.Steps)
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

    private static void WriteLayer(CommandContext context, string name, LayerCost cost, double peak)
    {
        var layer = cost.Layer;
        Line(context, $"{name,-12}{layer?.ParameterCount,9:N0}{(layer is null ? null : (int?)cost.ActivationBytes),11:N0}{layer?.MultiplyAdds,11:N0}  {(layer is null ? "" : cost.Algorithm),-13}{Time(cost, CostPass.Forward),8}{Time(cost, CostPass.Backward),9}{cost.Microseconds(CostPass.Batch),7:F2}{Number(cost.TrainingGigaflops),9}{Share(cost.TrainingGigaflops, peak),7}{Time(cost, CostPass.Image),11}{Number(cost.ImageGigaflops),9}");
    }

    /// <summary>A layer without steps of its own is computed within a neighbour's; flattening is nothing to compute.</summary>
    private static string Time(LayerCost cost, CostPass pass) =>
        cost.Microseconds(pass) is { } time ? time.ToString("F2", CultureInfo.InvariantCulture)
        : cost.Layer is { Attribute: not FlattenAttribute } ? "fused" : "";

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
