using StaticCnn.Generator.Network;
using StaticCnn.Generator.Plan;

namespace StaticCnn.Generator.Emit;

/// <summary>A network's source files: the user's class completed, and one file of kernels per vector width.</summary>
internal static class ModelEmitter
{
    public static EquatableArray<GeneratedFile> Emit(CnnNetwork network)
    {
        var plans = Target.All.Select(target => Planner.Plan(network, target)).ToList();
        foreach (var plan in plans) PlanVerifier.Verify(plan);
        return plans.Select(KernelsEmitter.Emit).Prepend(SurfaceEmitter.Emit(plans)).ToEquatableArray();
    }
}
