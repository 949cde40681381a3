using StaticCnn.Generator.Layers;
using StaticCnn.Generator.Network;

namespace StaticCnn.Generator.Plan;

/// <summary>One parameter's place in the store: mirrors <c>StaticCnn.ParameterInfo</c>. The stem is the plan's name of the layer.</summary>
internal sealed record Parameter(
    string Name, EquatableArray<int> Shape, int FanIn, int Offset, int Rows, int RowPitch, string Layer, string Stem)
{
    public int Count => Shape.Aggregate(1, (product, size) => checked(product * size));

    public int Length => checked(Rows * RowPitch);

    /// <summary>The parameter in one of the spaces laid out like the parameters.</summary>
    public Buffer In(Space space, string suffix = "") =>
        new(Identifier + suffix, space, Length, Keeps: true) { Parent = ParameterLayout.Root(space), ParentOffset = Offset };

    /// <summary><c>conv1.weight</c> as <c>conv1Weight</c>.</summary>
    public string Identifier
    {
        get
        {
            int dot = Name.LastIndexOf('.');
            return Name.Substring(0, dot) + char.ToUpperInvariant(Name[dot + 1]) + Name.Substring(dot + 2);
        }
    }
}

/// <summary>
/// Where every parameter stands: state_dict order, each on a multiple of 16 floats, rows of linear weights padded to
/// one too, so that every kernel works on whole vectors at any width.
/// </summary>
internal sealed record ParameterLayout(EquatableArray<Parameter> Parameters)
{
    public const int Alignment = 16;

    public int Length => Parameters.Count == 0 ? 0 : Parameters.Max(parameter => parameter.Offset + parameter.Length);

    /// <summary>Floats of the convolutions' parameters, which come first: layers before <c>Flatten</c>.</summary>
    public int ConvolutionLength { get; init; }

    public Parameter Weight(Layer layer) => Find(layer, ".weight")!;

    public Parameter? Bias(Layer layer) => Find(layer, ".bias");

    private Parameter? Find(Layer layer, string kind) => Parameters.SingleOrDefault(parameter =>
        parameter.Stem == layer.Name && parameter.Name.EndsWith(kind, StringComparison.Ordinal));

    public static Buffer Root(Space space) => new(space.ToString(), space, int.MaxValue, Keeps: true);

    public static ParameterLayout Of(CnnNetwork network)
    {
        var parameters = new List<Parameter>();
        int offset = 0, convolutions = 0;
        for (int i = 0; i < network.Layers.Count; i++)
        {
            var layer = network.Layers[i];
            foreach (var parameter in layer.Parameters)
            {
                int pitch = View.RoundUp((int)parameter.Count / parameter.Rows, Alignment);
                parameters.Add(new Parameter(
                    $"{layer.Name}.{parameter.Name}", parameter.Shape, parameter.FanIn, offset, parameter.Rows, pitch, layer.Name, Stems.Of(layer.Name, i)));
                offset = checked(offset + parameter.Rows * pitch);
            }

            if (layer is Conv2d) convolutions = offset;
        }

        return new ParameterLayout(parameters.ToEquatableArray()) { ConvolutionLength = convolutions };
    }
}
