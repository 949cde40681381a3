using System.CommandLine;
using System.Globalization;
using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using StaticCnn.Mnist.Output;

namespace StaticCnn.Mnist.Commands;

/// <summary><c>mnist info</c>: what the program runs on, the tutorial's first step.</summary>
internal static class InfoCommand<TModel> where TModel : class, ICnnModel<TModel>
{
    public static Command Create(SharedOptions shared, Host host)
    {
        var command = new Command("info", "Show versions, processor, vector width, threads and the network.");
        var cost = new Option<bool>("--cost") { Description = "Measure what each layer costs on this machine: microseconds, GFLOP/s, share of the peak." };
        var seconds = new Option<double>("--seconds")
        {
            Description = "How long --cost repeats training steps, and one image.",
            HelpName = "S",
            CustomParser = argument => SharedOptions.Parse<double>(argument, "a number of seconds from 0 to 600", s => s is >= 0 and <= 600),
            DefaultValueFactory = _ => 2,
        };
        command.Options.Add(cost);
        command.Options.Add(seconds);
        command.Requires(seconds, cost);
        shared.AddTo(command, SharedOption.Threads);
        command.SetAction(parsed => Run(
            shared.Read(parsed, host), parsed.GetValue(cost) ? CostReport.Measure<TModel>(parsed.GetValue(seconds)) : null));
        return command;
    }

    private static void Run(CommandContext context, CostReport? cost)
    {
        if (context.Json)
        {
            JsonOutput.Write(context.Host.Out, json => WriteJson(json, context, cost));
            return;
        }
        foreach (var (name, value) in Facts(context.Threads)) context.Text.WriteLine($"{name,-18} {value}");
        context.Text.WriteLine();
        if (cost is null) ModelTables.WriteLayers<TModel>(context);
        else CostOutput.Write(context, cost);
    }

    private static IEnumerable<(string Name, string Value)> Facts(int threads) =>
    [
        ("mnist", ProgramVersion.Text),
        ("Runtime", $"{RuntimeInformation.FrameworkDescription} ({Compilation})"),
        ("Operating system", RuntimeInformation.OSDescription),
        ("Architecture", Architecture),
        ("Processors", Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture)),
        ("Vector width", string.Create(CultureInfo.InvariantCulture, $"{VectorWidth.Bits} bits")),
        ("Threads", threads.ToString(CultureInfo.InvariantCulture)),
        ("Garbage collector", GarbageCollector),
    ];

    private static string Compilation => RuntimeFeature.IsDynamicCodeCompiled ? "JIT" : "ahead of time";

    private static string Architecture => RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    private static string GarbageCollector =>
        $"{(GCSettings.IsServerGC ? "server" : "workstation")}, {(GCSettings.LatencyMode == GCLatencyMode.Batch ? "not concurrent" : "concurrent")}";

    private static void WriteJson(Utf8JsonWriter json, CommandContext context, CostReport? cost)
    {
        json.WriteString("version", ProgramVersion.Text);
        json.WriteString("runtime", RuntimeInformation.FrameworkDescription);
        json.WriteString("compilation", Compilation);
        json.WriteString("os", RuntimeInformation.OSDescription);
        json.WriteString("architecture", Architecture);
        json.WriteNumber("processors", Environment.ProcessorCount);
        json.WriteNumber("vectorBits", VectorWidth.Bits);
        json.WriteNumber("threads", context.Threads);
        json.WriteString("gc", GarbageCollector);
        json.WriteStartObject("model");
        json.WriteString("name", TModel.ModelName);
        json.WriteString("input", TModel.InputShape.ToString());
        json.WriteNumber("classes", TModel.ClassCount);
        json.WriteNumber("parameters", TModel.ParameterCount);
        json.WriteStartArray("layers");
        foreach (var layer in TModel.Layers)
        {
            json.WriteStartObject();
            json.WriteString("name", layer.Name);
            json.WriteString("kind", layer.Kind.ToString());
            json.WriteString("output", layer.Output.ToString());
            json.WriteNumber("parameters", layer.ParameterCount);
            json.WriteNumber("multiplyAdds", layer.MultiplyAdds);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        if (cost is not null) CostOutput.Write(json, cost);
    }
}
