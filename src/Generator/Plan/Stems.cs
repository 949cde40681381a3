using StaticCnn.Generator.Network;

namespace StaticCnn.Generator.Plan;

/// <summary>
/// The names from which the plan makes those of buffers and operations, such as conv1 + Gradient. What is added
/// starts with a capital, so stems without one stay apart; any other declared name gets its layer's index.
/// </summary>
internal static class Stems
{
    /// <summary>Buffers that belong to no layer and whose names have no capital.</summary>
    private static readonly string[] Taken = { "image", "scalars" };

    /// <summary>The network with stems for names; the parameters keep the declared names.</summary>
    public static CnnNetwork Apply(CnnNetwork network) => network with
    {
        Layers = network.Layers.Select((layer, i) => layer with { Name = Of(layer.Name, i) }).ToEquatableArray(),
    };

    public static string Of(string name, int index) => Taken.Contains(name) || name.Any(letter => letter is >= 'A' and <= 'Z')
        ? FormattableString.Invariant($"{name}__{index}")
        : name;
}
