using System.Collections.Concurrent;
using StaticCnn.Generator.Declaration;
using StaticCnn.Generator.Kernels;
using StaticCnn.Generator.Network;

namespace StaticCnn.Generator.Emit;

/// <summary>
/// Which networks keep to the unroll budget. The answer needs every kernel lowered, most of the generator's work, and an
/// editor asks the analyzer for it at each keystroke; so it is remembered. The generator, which lowers in any case, asks
/// first, and the analyzer of the same process looks it up.
/// </summary>
internal static class Budget
{
    /// <summary>Enough for any project; while a declaration is typed, each state of it is one more.</summary>
    private const int Remembered = 64;

    private static readonly ConcurrentDictionary<(Shape, EquatableArray<Layer>, Recipe), DeclarationError?> Known = new();

    /// <summary>What exceeds the budget, or null.</summary>
    public static DeclarationError? Excess(CnnNetwork network) =>
        Known.TryGetValue(Key(network), out var error) ? error : Excess(network, out _);

    /// <summary>What exceeds the budget, or null with the lowered plans of all widths.</summary>
    public static DeclarationError? Excess(CnnNetwork network, out IReadOnlyList<LoweredPlan> plans)
    {
        var error = BudgetCheck.Check(network, out plans);
        if (Known.Count >= Remembered) Known.Clear();
        return Known[Key(network)] = error;
    }

    /// <summary>Whether the answer is at hand.</summary>
    public static bool Knows(CnnNetwork network) => Known.ContainsKey(Key(network));

    /// <summary>What kernels depend on: not the class, whose files the generator names and the analyzer does not.</summary>
    private static (Shape, EquatableArray<Layer>, Recipe) Key(CnnNetwork network) => (network.Input, network.Layers, network.Recipe);
}
