using StaticCnn.Generator.Declaration;

namespace StaticCnn.Generator.Network;

/// <summary>A network, or what is wrong with its declaration.</summary>
internal sealed record NetworkResult(CnnNetwork? Network, EquatableArray<DeclarationError> Errors);

/// <summary>From a declaration to a network with every name and shape known: a pure function.</summary>
internal static class NetworkBuilder
{
    /// <param name="declaration">What is written.</param>
    /// <param name="all">The full names of all networks of the assembly, among which this one's must be told apart; the only one by default.</param>
    public static NetworkResult Build(ModelDeclaration declaration, EquatableArray<string>? all = null)
    {
        var errors = new List<DeclarationError>(declaration.Errors);

        // The order of layers in several parts is undefined; anything said about their shapes would be a guess.
        if (errors.Any(error => error.Fault == Fault.LayersOverSeveralParts)) return new(null, errors.ToEquatableArray());

        var layerNames = LayerNames.Resolve(declaration.Layers, errors);
        var layers = new LayerResolver(declaration.Input, layerNames, errors);
        for (int i = 0; i < declaration.Layers.Count; i++) layers.Add(declaration.Layers[i], i, layerNames[i]);
        layers.CheckReaders();
        CheckOutput(declaration, layers, errors);
        var recipe = RecipeResolver.Resolve(declaration.Training, errors);
        CheckExports(declaration.ExportPrefix, errors);
        if (errors.Count > 0) return new(null, errors.ToEquatableArray());

        var names = all ?? new[] { declaration.FullName }.ToEquatableArray();
        var type = new ModelType(
            declaration.Namespace, declaration.Containers, declaration.Name, ModelNames.HintName(declaration.FullName, names),
            ModelNames.Weights(declaration.FullName, names), declaration.ExportPrefix);
        var network = new CnnNetwork(type, layers.Input!, layers.Layers.ToEquatableArray(), recipe);
        SizeLimits.CheckTotal(network, errors);
        return new(errors.Count > 0 ? null : network, errors.ToEquatableArray());
    }

    private static void CheckExports(string? prefix, List<DeclarationError> errors)
    {
        // C reserves names that begin with an underscore.
        bool isValid = prefix is null || (prefix.Length > 0 && IsLetter(prefix[0]) && prefix.All(c => IsLetter(c) || c is '_' or (>= '0' and <= '9')));
        if (!isValid) errors.Add(new(Fault.InvalidExportPrefix, Place.Exports, prefix!));

        static bool IsLetter(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');
    }

    private static void CheckOutput(ModelDeclaration declaration, LayerResolver layers, List<DeclarationError> errors)
    {
        var declared = declaration.Layers;
        if (!declared.Any(layer => Layer.OfKind(layer.Kind).Learns))
        {
            string missing = declared.Count == 0 ? "declares no layers" : "has no layer that learns";
            errors.Add(new(Fault.NothingToLearn, Place.Model, declaration.Name, missing));
            return;
        }

        int last = declared.Count - 1;
        if (layers.Form == Form.Image)
        {
            string shape = layers.Shape?.ToString() ?? "[C,H,W]";
            errors.Add(new(Fault.OutputIsNotVector, Place.Layer(last), shape));
        }
        else if (layers is { Form: Form.Vector, Shape.Length: < 2 and var length })
        {
            // The layers after it only pass the width on.
            while (Layer.OfKind(declared[last].Kind).KeepsShape) last--;
            string suggested = declaration.Input is { Channels: 1, Height: 28, Width: 28 } ? "10" : "2"; // MNIST and its kin have ten.
            errors.Add(new(Fault.TooFewClasses, Place.Layer(last), FormattableString.Invariant($"{length}"), suggested)
            {
                Remedy = Layer.OfKind(declared[last].Kind).WidthOption is { Length: > 0 } option ? Setting.One(option, suggested) : EquatableArray<Setting>.Empty,
            });
        }
    }
}
