namespace StaticCnn.Generator.Plan;

/// <summary>The forward pass of one image, channels in lanes.</summary>
internal sealed class GraphImagePlanner(NetworkGraph graph, ParameterLayout parameters, Target target)
    : GraphPlanner(new Homes(graph.Nodes, [graph.Output]), parameters, target, Space.Prepared)
{
    private readonly Dictionary<Node, View> _views = [];

    public List<Packing> Packings { get; } = [];

    public Program Plan()
    {
        Prepare();
        Operations.Add(new LoadImages("loadImage", ViewOf(Homes.Live.OfType<ImageNode>().First())));
        foreach (var node in Homes.Live) Add(node);
        Operations.Add(new StoreLogits("storeLogits", ViewOf(graph.Output)));
        return new Program("Image", Operations.ToEquatableArray());
    }

    /// <summary>Where each layer's output stands; null of a layer that another contains.</summary>
    public IEnumerable<Activation> Activations()
    {
        for (int layer = 0; layer < graph.Layers.Count; layer++)
        {
            var node = graph.Layers[layer];
            bool isRelu = node is Pointwise { IsRelu: true } && !IsStored(node) && IsStored(node.Inputs[0]);
            if (isRelu) node = node.Inputs[0];
            yield return IsStored(node) ? new Activation(ViewOf(node), isRelu) : new Activation(null, false) { Container = ContainerOf(graph.Layers[layer], layer) };
        }
    }

    private bool IsStored(Node node) => Homes.Live.Contains(node) && Homes.IsInMemory(node);

    /// <summary>The first layer behind one whose output is in memory.</summary>
    private int ContainerOf(Node node, int layer) =>
        Enumerable.Range(layer + 1, graph.Layers.Count - layer - 1).FirstOrDefault(other => graph.Layers[other] != node && IsStored(graph.Layers[other]));

    protected override View ViewOf(Node node)
    {
        if (_views.TryGetValue(node, out var known)) return known;
        return _views[node] = node is Reshape reshape && IsAlias(reshape)
            ? ViewOf(reshape.X)
            : View.ChannelsInLanes(node.Name, node is ImageNode && ReadsFloats() ? 1 : Target.Lanes, node.Shape, BorderOf(node));
    }

    /// <summary>Whether all that reads the image reads it float by float.</summary>
    private bool ReadsFloats() => Homes.ReadersOf(Homes.Live.OfType<ImageNode>().First()).All(reader =>
        reader is Contract { IsMatrix: true } || (reader is Contract contract && !IsDepthwise(contract) && TilesOf(contract) is null));

    /// <summary>An image of one pixel is a vector as it stands; a linear layer takes any order of floats.</summary>
    private bool IsAlias(Reshape reshape) => reshape.X.Shape.Height * reshape.X.Shape.Width == 1
        || Homes.ReadersOf(reshape).All(reader => reader is Contract { IsMatrix: true });

    private Border BorderOf(Node node)
    {
        var border = Overhang(node);
        foreach (var contract in Homes.ReadersOf(node).OfType<Contract>().Where(contract => contract.X == node && !contract.IsMatrix))
        {
            var layer = ContractLayer.Convolution(contract);
            border = border.Union(TilesOf(contract) is { } tiles ? ConvolutionBorders.ImageInput(layer, tiles) : ConvolutionBorders.DirectInput(layer));
        }

        return border;
    }

    /// <summary>What tiles of a filtered convolution write beyond its output.</summary>
    private Border Overhang(Node node) => Homes.IsInMemory(node) && Homes.KernelOf(node) is Contract contract && TilesOf(contract) is { } tiles
        ? new Border(0, 0, tiles.RowOverhang, tiles.Overhang)
        : Border.None;

    /// <summary>What stands out of a filtered output must not be read, as a convolution behind it would, nor be anything but memory.</summary>
    private WinogradTiles? TilesOf(Contract contract)
    {
        if (contract.IsMatrix || contract.X.Shape.Channels < 4) return null;
        var tiles = AlgorithmChoice.Forward(ContractLayer.Convolution(contract), pool: null);
        if (tiles is null || (tiles.Overhang == 0 && tiles.RowOverhang == 0)) return tiles;
        var root = Homes.Live.FirstOrDefault(node => Homes.IsInMemory(node) && Homes.KernelOf(node) == contract);
        bool isReadInside = root is not null && root == contract && Homes.ReadersOf(root).All(reader => reader is Pointwise or Pool or PixelSum);
        return isReadInside ? tiles : null;
    }

    private static bool IsDepthwise(Contract contract) => !contract.IsMatrix && ContractLayer.Convolution(contract).IsDepthwise;

    private void Add(Node node)
    {
        if (node.Scope == Scope.Batch || !Homes.IsInMemory(node)) return;
        var outlet = Outlet(node);
        switch (Homes.KernelOf(node))
        {
            case Contract contract:
                Contract(contract, node, outlet);
                break;
            case Pool pool:
                Emit(new WindowOperation(pool.Name, pool.Window, pool.IsMax, pool.CountsPadding, ViewOf(pool.X), ViewOf(node), null, ChannelsInLanes: true), outlet);
                break;
            case PixelSum sum:
                Emit(new PixelSumOperation(sum.Name, sum.X.Shape, Reading(sum.X, sum.X.Shape), ViewOf(node), ChannelsInLanes: true), outlet);
                break;
            case Pointwise pointwise:
                Operations.Add(new PointwiseOperation(node.Name, ViewOf(node), Inner(pointwise, null), ChannelsInLanes: true));
                break;
            case Reshape reshape when !IsAlias(reshape):
                Operations.Add(new ImageFlatten(node.Name, ViewOf(reshape.X), ViewOf(node)));
                break;
            case Concat concat:
                int first = 0;
                foreach (var (input, i) in concat.Inputs.Select((input, i) => (input, i)))
                {
                    Operations.Add(new ImageChannels(FormattableString.Invariant($"{node.Name}Copy{i}"), ViewOf(input), ViewOf(node), first));
                    first += input.Shape.Channels;
                }

                break;
        }
    }

    private void Contract(Contract contract, Node root, Expression? outlet)
    {
        View x = ViewOf(contract.X), y = ViewOf(root);
        if (contract.IsMatrix)
        {
            int pitch = View.RoundUp(contract.Shape.Length, Target.Lanes);
            var matrix = Prepared(contract, "Weight", x.Height * x.RowPitch * pitch);
            Packings.Add(new PackLinear(matrix, ParameterOf(contract.Weight), x, pitch) { From = From(contract.Weight) });
            Emit(new ImageLinear(contract.Name, ContractLayer.Matrix(contract), x, matrix, Bias(contract, pitch), y), outlet);
            return;
        }

        var layer = ContractLayer.Convolution(contract);
        int outPitch = View.RoundUp(layer.Output.Channels, Target.Lanes);
        if (TilesOf(contract) is { } tiles)
        {
            Emit(WinogradPlanner.Image(Preparations, layer, tiles, BatchBuffer(contract.Weight), Bias(contract, outPitch), x, y, Target), outlet);
            return;
        }

        bool isDepthwise = layer.IsDepthwise;
        var weight = Prepared(contract, "Weight", layer.Taps * (isDepthwise ? 1 : layer.Input.Channels) * outPitch);
        Packings.Add(new PackConvolution(weight, ParameterOf(contract.Weight), outPitch) { From = From(contract.Weight), Groups = isDepthwise ? 1 : layer.Groups });
        var bias = Bias(contract, outPitch);
        Emit(isDepthwise
            ? new ImageDepthwise(contract.Name, layer, x, weight, bias, y, Math.Min(layer.Output.Width, Target.Registers / 2 - 2))
            : new ImageConvolution(contract.Name, layer, x, weight, bias, y, Tile.Choose(Target, outPitch / Target.Lanes, layer.Output.Width)), outlet);
    }

    private static Buffer Prepared(Contract contract, string kind, int length) => new(contract.Name + kind, Space.Prepared, length, Keeps: true);

    private Parameter ParameterOf(Node weight) => Parameters.Of(((weight as ScaledWeight)?.Weight ?? (ParameterNode)weight).Name);

    /// <summary>Where a weight stands that is no parameter.</summary>
    private Buffer? From(Node weight) => weight is ParameterNode ? null : BatchBuffer(weight);

    private Buffer Bias(Contract contract, int pitch)
    {
        if (contract.Bias is { } given and not ParameterNode) return BatchBuffer(given);
        var buffer = Prepared(contract, "Bias", View.RoundUp(pitch, 16));
        if (contract.Bias is ParameterNode bias) Packings.Add(new PackBias(buffer, Parameters.Of(bias.Name)));
        return buffer;
    }
}
