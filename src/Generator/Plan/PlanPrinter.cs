using System.Text;

namespace StaticCnn.Generator.Plan;

/// <summary>The plan as text: what the tests compare, what heads the generated files and what <c>Plan</c> returns.</summary>
internal static class PlanPrinter
{
    public static string Print(NetworkPlan plan)
    {
        var text = new StringBuilder();
        Line($"{plan.Network.Type.Name}: {plan.Network.Input} -> {plan.Network.ClassCount} classes, {plan.Parameters.Parameters.Where(parameter => !parameter.Kind.IsState).Sum(parameter => (long)parameter.Count)} parameters, {plan.Network.Layers.Sum(layer => layer.MultiplyAdds)} multiply-adds an image");
        Line($"{plan.Target.Bits}-bit vectors, batch {plan.Network.Recipe.BatchSize} as {plan.Shards} shards of {plan.Target.Lanes} images");
        Line($"");
        Line($"layers");
        foreach (var layer in plan.Network.Layers) Line($"  {layer.Name,-12} {layer.Input,-14} -> {layer.Output,-14} {layer.MultiplyAdds} multiply-adds");
        Line($"");
        Line($"parameters, {plan.Parameters.Length} floats");
        foreach (var parameter in plan.Parameters.Parameters)
        {
            Line($"  {parameter.Name,-16} [{string.Join(",", parameter.Shape)}] at {parameter.Offset}{(parameter.Rows == 1 ? "" : FormattableString.Invariant($", rows of {parameter.RowPitch}"))}");
        }

        foreach (var program in plan.Programs.Where(program => program.Operations.Count > 0))
        {
            Line($"");
            string early = program == plan.Update && plan.Early is { Operations: > 0 } updates
                ? FormattableString.Invariant($", the first {updates.Operations} beside shards that have run {updates.AfterStep} steps") : "";
            Line($"program {program.Name}{early}");
            foreach (var operation in program.Operations) Line($"  {operation.Name,-22} {Description.Of(operation)}");
        }

        Print("inference memory of a thread", plan.InferenceMemory);
        Print("training memory of a thread", plan.WorkerMemory);
        if (plan.ShardMemory.Length > 0) Print("training memory of a shard", plan.ShardMemory);
        Print("training memory of a batch", plan.BatchMemory);
        Print("activations of one image", plan.ImageMemory);
        Print("repacked parameters", plan.PreparedMemory);
        return text.ToString();

        void Print(string name, Memory memory)
        {
            Line($"");
            Line($"{name}, {memory.Length} floats");
            foreach (var placement in memory.Placements.OrderBy(item => item.Offset).ThenBy(item => item.Lifetime.First))
            {
                var buffer = placement.Lifetime.Buffer;
                Line($"  {placement.Offset,8}  {buffer.Name,-22} {buffer.Length} floats{(buffer.Copies > 1 ? FormattableString.Invariant($" x {buffer.Copies} shards") : "")}, {(buffer.Keeps ? "kept" : FormattableString.Invariant($"steps {placement.Lifetime.First} to {placement.Lifetime.Last}"))}");
            }
        }

        void Line(FormattableString line)
        {
            text.Append(FormattableString.Invariant(line).TrimEnd()).Append('\n');
        }
    }
}
