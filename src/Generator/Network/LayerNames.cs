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
        var derived = Derive(layers);
        var names = layers.Select((layer, i) => layer.Name ?? derived[i]).ToList();

        // Generated members start with a capital where the layer's name does not, so case alone must not tell two apart.
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var anywhere = new HashSet<string>(names, StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < names.Count; i++)
        {
            string name = names[i];
            if (!IsIdentifierPart(name)) Report(Fault.InvalidName, string.Concat(name.Select(c => IsIdentifierCharacter(c) ? c : '_')));
            else if (!taken.Add(name)) Report(Fault.DuplicateName, name);

            void Report(Fault fault, string stem) => errors.Add(new(fault, Place.Layer(i), name)
            {
                Remedy = Setting.One("Name", Free(layers[i], derived[i], stem)),
            });
        }

        return names;

        // No name at all where the derived one is free; else the name with the first number that is.
        string Free(LayerDeclaration layer, string derivedName, string stem)
        {
            if (layer.Name is not null && anywhere.Add(derivedName)) return "";
            if (stem.Length == 0 || IsDigit(stem[0])) stem = "_" + stem;
            string free = stem;
            for (int number = 2; !anywhere.Add(free); number++) free = FormattableString.Invariant($"{stem}_{number}");
            return $"\"{free}\"";
        }
    }

    private static IReadOnlyList<string> Derive(IReadOnlyList<LayerDeclaration> layers)
    {
        var counts = new Dictionary<string, int>();
        return layers.Select(layer =>
        {
            var kind = Layer.OfKind(layer.Kind);
            int count = counts[kind.Stem] = counts.TryGetValue(kind.Stem, out int before) ? before + 1 : 1;
            return kind.IsUsuallyAlone && count == 1 ? kind.Stem : FormattableString.Invariant($"{kind.Stem}{count}");
        }).ToList();
    }

    /// <summary>[A-Za-z_][A-Za-z0-9_]*: what is a name in C#, in PyTorch and in a file's key alike.</summary>
    private static bool IsIdentifierPart(string name) =>
        name.Length > 0 && !IsDigit(name[0]) && name.All(IsIdentifierCharacter);

    private static bool IsIdentifierCharacter(char c) => IsDigit(c) || c is '_' or (>= 'A' and <= 'Z') or (>= 'a' and <= 'z');

    private static bool IsDigit(char c) => c is >= '0' and <= '9';
}
