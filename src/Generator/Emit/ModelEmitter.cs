using StaticCnn.Generator.Network;
using StaticCnn.Generator.Plan;

namespace StaticCnn.Generator.Emit;

/// <summary>A network's source files: the user's class completed, and one file of kernels per vector width; one of C functions where asked for.</summary>
internal static class ModelEmitter
{
    /// <summary>The files; none of a network beyond the unroll budget, which the analyzer reports.</summary>
    public static EquatableArray<GeneratedFile> Emit(CnnNetwork network)
    {
        if (Budget.Excess(network, out var lowered) is not null) return EquatableArray<GeneratedFile>.Empty;
        foreach (var plan in lowered) PlanVerifier.Verify(plan.Plan);
        var files = lowered.AsParallel().AsOrdered().Select(KernelsEmitter.Emit).ToList().Prepend(SurfaceEmitter.Emit(lowered[0].Plan));
        return (network.Type.ExportPrefix is null ? files : files.Append(ExportsEmitter.Emit(network))).ToEquatableArray();
    }
}
