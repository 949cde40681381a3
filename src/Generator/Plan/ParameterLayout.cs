using StaticCnn.Generator.Layers;
using StaticCnn.Generator.Network;

namespace StaticCnn.Generator.Plan;

/// <summary>One parameter's place in the store: mirrors <c>StaticCnn.ParameterInfo</c>. The stem is the plan's name of the layer.</summary>
internal sealed record Parameter(
    string Name, EquatableArray<int> Shape, int FanIn, int Offset, int Rows, int RowPitch, string Layer, string Stem)
{
    /// <summary>What the layer says of it.</summary>
    public ParameterShape Kind { get; init; } = new("", EquatableArray<int>.Empty, 1);

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
            string kind = string.Concat(Kind.Name.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word.Substring(1)));
            return Layer + kind;
        }
    }
}

/// <summary>
/// Where every parameter stands: each on a multiple of 16 floats, rows of linear weights padded to one too, so that every
/// kernel works on whole vectors at any width.
/// </summary>
internal sealed record ParameterLayout(EquatableArray<Parameter> Parameters)
{
    public const int Alignment = 16;

    public int Length => Parameters.Count == 0 ? 0 : Parameters.Max(parameter => parameter.Offset + parameter.Length);

    /// <summary>Floats of the parameters whose gradients the shards leave in parts, which come first: all but the linear layers'.</summary>
    public int ConvolutionLength { get; init; }

    public Parameter Weight(Layer layer) => Find(layer, ".weight")!;

    public Parameter? Bias(Layer layer) => Find(layer, ".bias");

    private Parameter? Find(Layer layer, string kind) => Parameters.SingleOrDefault(parameter =>
        parameter.Stem == layer.Name && parameter.Name.EndsWith(kind, StringComparison.Ordinal));

    public static Buffer Root(Space space) => new(space.ToString(), space, int.MaxValue, Keeps: true);

    /// <summary>The parameter with a name in a state_dict.</summary>
    public Parameter Of(string name) => Parameters.First(parameter => parameter.Name == name);

    /// <summary>
    /// Parameters in the order of a state_dict. In memory those come first whose gradients the shards leave in parts, then the linear
    /// layers', whose gradients the update takes over the whole batch, and behind them the states, which have none.
    /// </summary>
    public static ParameterLayout Of(CnnNetwork network)
    {
        var all = network.Layers.SelectMany((layer, i) => layer.Parameters.Select(shape => (layer, shape, stem: Stems.Of(layer.Name, i)))).ToList();
        var offsets = new Dictionary<(Layer, string), int>();
        int offset = 0, gathered = 0;
        foreach (var (layer, shape, _) in all.OrderBy(item => Group(item.layer, item.shape)))
        {
            offsets[(layer, shape.Name)] = offset;
            offset = checked(offset + shape.Rows * Pitch(shape));
            if (Group(layer, shape) == 0) gathered = offset;
        }

        return new ParameterLayout(all.Select(item => Place(item.layer, item.shape, item.stem)).ToEquatableArray()) { ConvolutionLength = gathered };

        Parameter Place(Layer layer, ParameterShape shape, string stem)
        {
            int pitch = Pitch(shape), at = offsets[(layer, shape.Name)];
            return new Parameter($"{layer.Key}.{shape.Name}", shape.Shape, shape.FanIn, at, shape.Rows, pitch, layer.Name, stem) { Kind = shape };
        }

        static int Group(Layer layer, ParameterShape shape) => shape.IsState ? 2 : layer is Linear ? 1 : 0;

        static int Pitch(ParameterShape shape) => View.RoundUp((int)shape.Count / shape.Rows, Alignment);
    }
}
