using StaticCnn.Generator.Declaration;
using StaticCnn.Generator.Network;
using StaticCnn.Generator.Plan;

namespace StaticCnn.Generator.Kernels;

/// <summary>
/// Whether a network's memory and code stay within <see cref="UnrollBudget"/> at every vector width. Lowering has
/// made the kernels as small as it can by then.
/// </summary>
internal static class BudgetCheck
{
    /// <summary>The first excess found, or null with the lowered plans of all widths.</summary>
    public static DeclarationError? Check(CnnNetwork network, out IReadOnlyList<LoweredPlan> plans)
    {
        plans = Array.Empty<LoweredPlan>();
        foreach (var target in Target.All)
        {
            // Whatever follows multiplies sizes as int; this holds them all below.
            if (LeastMemory(network, target) is var least && least > UnrollBudget.ArenaFloats)
                return TooLarge(network, FormattableString.Invariant($"at least {least:N0} floats of memory a thread"));
        }

        // The widths have nothing to do with each other, and whoever builds waits for this.
        var results = Target.All.AsParallel().AsOrdered().Select(target => Lower(network, target)).ToList();
        if (results.Select(result => result.Error).FirstOrDefault(error => error is not null) is { } excess) return excess;
        plans = results.Select(result => result.Plan!).ToList();
        return null;
    }

    private static (LoweredPlan? Plan, DeclarationError? Error) Lower(CnnNetwork network, Target target)
    {
        var plan = Planner.Plan(network, target);
        var memories = new[] { plan.WorkerMemory, plan.BatchMemory, plan.InferenceMemory, plan.ImageMemory, plan.PreparedMemory, plan.ShardMemory };
        int largest = memories.Max(memory => memory.Length);
        if (largest > UnrollBudget.ArenaFloats) return (null, TooLarge(network, FormattableString.Invariant($"{largest:N0} floats of memory")));
        var lowered = new LoweredPlan(plan);
        return (lowered, Check(network, lowered));
    }

    private static DeclarationError? Check(CnnNetwork network, LoweredPlan lowered)
    {
        long total = 0;
        foreach (var program in lowered.Plan.Programs)
        {
            foreach (var operation in program.Operations)
            {
                foreach (var kernel in lowered[program, operation].Kernels)
                {
                    int size = KernelSize.IlBytes(kernel);
                    total += size;
                    if (!KernelSize.ExceedsBudget(kernel)) continue;
                    return new DeclarationError(
                        Fault.ExceedsUnrollBudget, PlaceOf(network, operation), $"The kernel {kernel.Name}", Bytes(size), Bytes(UnrollBudget.IlBytes));
                }
            }
        }

        return total <= UnrollBudget.TotalIlBytes ? null : new DeclarationError(
            Fault.ExceedsUnrollBudget, Place.Model, "The network", Bytes(total), Bytes(UnrollBudget.TotalIlBytes));
    }

    /// <summary>The images and the values that training keeps for the backward pass, without borders and gradients.</summary>
    private static long LeastMemory(CnnNetwork network, Target target) =>
        target.Lanes * (network.Input.Length + (!Planner.IsClassic(network) ? 0 : Stages.Fuse(network).Sum(stage => stage switch
        {
            FlattenStage => 0L,
            ConvolutionStage { Pool: not null } pooled => pooled.Convolution.Output.Length + 2L * pooled.Output.Length,
            _ => stage.Output.Length,
        })));

    /// <summary>At the layer with the largest output, or at the image where that is larger.</summary>
    private static DeclarationError TooLarge(CnnNetwork network, string figure)
    {
        int largest = Enumerable.Range(0, network.Layers.Count).OrderByDescending(i => network.Layers[i].Output.Length).First();
        var place = network.Input.Length > network.Layers[largest].Output.Length ? Place.Model : Place.Layer(largest);
        return new(Fault.ExceedsUnrollBudget, place, "Training", figure, FormattableString.Invariant($"{UnrollBudget.ArenaFloats:N0} floats"));
    }

    /// <summary>The layer that an operation is named after.</summary>
    private static Place PlaceOf(CnnNetwork network, Operation operation)
    {
        int layer = Enumerable.Range(0, network.Layers.Count)
            .Where(i => operation.Name.StartsWith(Stems.Of(network.Layers[i].Name, i), StringComparison.Ordinal))
            .OrderByDescending(i => network.Layers[i].Name.Length).DefaultIfEmpty(-1).First();
        return layer < 0 ? Place.Model : Place.Layer(layer);
    }

    private static string Bytes(long bytes) => FormattableString.Invariant($"{bytes:N0} bytes of code");
}
