using StaticCnn.Generator.Declaration;

namespace StaticCnn.Generator.Network;

/// <summary>
/// The layers' names: the declared ones, and conv1, conv2, fc1, ... for the others. The number counts every layer of
/// the kind, named or not, so that naming one layer leaves the others' names as they are.
/// </summary>
internal static class LayerNames
{
    public static IReadOnlyList<string> Resolve(IReadOnlyList<LayerDeclaration> layers, List<DeclarationError> errors)
    {
        var names = new List<string>();
        var counts = new Dictionary<string, int>();

        // Generated members start with a capital where the layer's name does not, so case alone must not tell two apart.
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var layer in layers)
        {
            string stem = StemOf(layer);
            counts[stem] = counts.TryGetValue(stem, out int count) ? count + 1 : 1;
            string name = layer.Name ?? Derive(stem, counts[stem]);
            var place = Place.Layer(names.Count);
            if (!IsIdentifierPart(name)) errors.Add(new(Fault.InvalidName, place, name));
            else if (!taken.Add(name)) errors.Add(new(Fault.DuplicateName, place, name));
            names.Add(name);
        }

        return names;
    }

    private static string StemOf(LayerDeclaration layer) => layer switch
    {
        Conv2dDeclaration => "conv",
        MaxPool2dDeclaration => "pool",
        ReluDeclaration => "relu",
        FlattenDeclaration => "flatten",
        LinearDeclaration => "fc",
        DropoutDeclaration => "dropout",
        _ => throw new ArgumentException($"{layer.Kind} has no name.", nameof(layer)),
    };

    private static string Derive(string stem, int count) =>
        stem == "flatten" && count == 1 ? stem : FormattableString.Invariant($"{stem}{count}");

    /// <summary>[A-Za-z_][A-Za-z0-9_]*: what is a name in C#, in PyTorch and in a file's key alike.</summary>
    private static bool IsIdentifierPart(string name) =>
        name.Length > 0 && !IsDigit(name[0]) && name.All(c => IsDigit(c) || c is '_' or (>= 'A' and <= 'Z') or (>= 'a' and <= 'z'));

    private static bool IsDigit(char c) => c is >= '0' and <= '9';
}
