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
            string stem = Stems.Of(layer.Name, i);
            switch (layer)
            {
                case Conv2dLayer convolution:
                    int taps = checked(convolution.Input.Channels * convolution.Taps);
                    Add(layer, stem, "weight", new[] { convolution.Output.Channels, convolution.Input.Channels, convolution.KernelHeight, convolution.KernelWidth }, taps, 1);
                    if (convolution.HasBias) Add(layer, stem, "bias", new[] { convolution.Output.Channels }, taps, 1);
                    convolutions = offset;
                    break;
                case LinearLayer linear:
                    Add(layer, stem, "weight", new[] { linear.Output.Length, linear.Input.Length }, linear.Input.Length, linear.Output.Length);
                    if (linear.HasBias) Add(layer, stem, "bias", new[] { linear.Output.Length }, linear.Input.Length, 1);
                    break;
            }
        }

        return new ParameterLayout(parameters.ToEquatableArray()) { ConvolutionLength = convolutions };

        void Add(Layer layer, string stem, string kind, int[] shape, int fanIn, int rows)
        {
            int count = shape.Aggregate(1, (product, size) => checked(product * size));
            int pitch = View.RoundUp(count / rows, Alignment);
            parameters.Add(new Parameter($"{layer.Name}.{kind}", shape.ToEquatableArray(), fanIn, offset, rows, pitch, layer.Name, stem));
            offset = checked(offset + rows * pitch);
        }
    }
}
