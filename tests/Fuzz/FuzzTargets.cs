using StaticCnn.Fuzz.Targets;

namespace StaticCnn.Fuzz;

/// <summary>All readers that take what comes from outside. The cheap ones get most of the executions.</summary>
internal static class FuzzTargets
{
    public static FuzzTarget[] All =>
    [
        IdxTargets.Images, IdxTargets.Labels, IdxTargets.Packed, WeightsTargets.Weights, WeightsTargets.State, HistoryTarget.History,
        PictureTargets.Maps, PictureTargets.Decoded, DeclarationTarget.Declarations,
    ];
}
