namespace StaticCnn.Generator.Plan;

/// <summary>A shard, batch in lanes: the forward pass alone, or a training step in as many phases as its statistics need.</summary>
internal sealed class GraphShardPlanner : GraphPlanner
{
    private readonly NetworkGraph _graph;
    private readonly IReadOnlyList<ParameterGradient> _gradients;
    private readonly int _shards;
    private readonly Buffer _partial;
    private readonly Buffer _scalars;
    private readonly List<int> _dropouts;
    private readonly Space _spectra;
    private readonly Dictionary<Node, View> _views = [];
    private readonly Dictionary<Node, int> _phases = [];
    private readonly Dictionary<Node, Buffer> _sums = [];
    private readonly List<(Node Sum, Buffer Place)> _shared = [];

    public GraphShardPlanner(
        NetworkGraph graph, IReadOnlyList<ParameterGradient> gradients, IEnumerable<Node> roots, ParameterLayout parameters, Target target, int shards,
        List<int> dropouts)
        : base(new Homes(graph.Nodes, roots), parameters, target, gradients.Count > 0 ? Space.Batch : Space.Prepared)
    {
        (_graph, _gradients, _shards, _dropouts) = (graph, gradients, shards, dropouts);
        _spectra = gradients.Count > 0 ? Space.Batch : Space.Prepared;
        _partial = TrainingPlanner.Gathered(parameters, shards);
        _scalars = TrainingPlanner.Scalars(dropouts.Count);
        foreach (var node in Homes.Live) _phases[node] = node.Inputs.Select(input => _phases[input] + (input.IsPartial && node is not Variance ? 1 : 0)).DefaultIfEmpty(0).Max();
        foreach (var gradient in gradients.Where(gradient => gradient.Gradient is BatchSum))
        {
            var parameter = parameters.Of(gradient.Parameter.Name);
            if (IsMatrixBias(gradient)) continue;
            var place = _partial.Part(parameter.Identifier + "Gradient", parameter.Offset, parameter.Length);

            // Two values that are added have one gradient, which is due to each of their biases.
            if (_sums.ContainsKey(gradient.Gradient)) _shared.Add((gradient.Gradient, place));
            else _sums[gradient.Gradient] = place;
        }
    }

    /// <summary>The operations up to each barrier.</summary>
    public List<int> PhaseEnds { get; } = [];

    /// <summary>What follows when all shards are done.</summary>
    public List<Operation> Updates { get; } = [];

    public Program Plan(string name)
    {
        Prepare();
        bool isTraining = _gradients.Count > 0;
        Operations.Add(new LoadImages("loadImages", ViewOf(Homes.Live.OfType<ImageNode>().First())));
        int last = Homes.Live.Max(node => _phases[node]);
        for (int phase = 0; phase <= last; phase++)
        {
            foreach (var node in Homes.Live)
            {
                // What the shards of the phase before have left is put together before its first reader.
                if (node.IsPartial && _phases[node] == phase - 1 && HasReaders(node)) Gather(node);
                if (_phases[node] == phase) Add(node);
            }

            PhaseEnds.Add(Operations.Count);
        }

        if (!isTraining) Operations.Add(new StoreLogits("storeLogits", ViewOf(_graph.Output)));
        PhaseEnds[PhaseEnds.Count - 1] = Operations.Count;
        if (isTraining) Update();
        return new Program(name, Operations.ToEquatableArray());
    }

    /// <summary>Whether a linear layer's bias is what the gradient is of: it is summed up over the batch with the weight's.</summary>
    private bool IsMatrixBias(ParameterGradient gradient) =>
        _graph.Nodes.OfType<Contract>().Any(contract => contract.IsMatrix && contract.Bias == gradient.Parameter);

    private bool HasReaders(Node node) => Homes.ReadersOf(node).Any(reader => reader is not Variance) || (node is Mean { Variance: { } variance } && Homes.ReadersOf(variance).Count > 0);

    protected override View ViewOf(Node node)
    {
        if (_views.TryGetValue(node, out var known)) return known;
        return _views[node] = node switch
        {
            Reshape reshape when IsAlias(reshape) => Reshaped(ViewOf(reshape.X), reshape.Shape),
            Slice slice => ViewOf(slice.X) is var whole
                ? whole with { Channels = slice.Shape.Channels, Origin = whole.Origin + slice.First * whole.ChannelPitch }
                : throw new InvalidOperationException(),
            _ => Own(node),
        };
    }

    private View Own(Node node)
    {
        var space = IsMatrixGradient(node) ? Space.Batch : SpaceOf(node);
        return View.BatchInLanes(
            node.Name, space, Target.Lanes, node.Shape.Channels, node.Shape.Height, node.Shape.Width, BorderOf(node),
            space == Space.Batch ? _shards : 1, keeps: space == Space.Batch);
    }

    /// <summary>Whether a linear layer's update reads it as its output's gradient.</summary>
    private bool IsMatrixGradient(Node node) => Homes.ReadersOf(node).OfType<ContractWeightGradient>().Any(weight => weight.Of.IsMatrix && weight.Gradient == node);

    private Space SpaceOf(Node node) => LastPhase(node) > _phases[node] ? Space.Shard : Space.Worker;

    /// <summary>The last phase in which somebody reads a value, through formulas and other views of it.</summary>
    private int LastPhase(Node node) => Homes.ReadersOf(node)
        .Select(reader => !Homes.IsInMemory(reader) || reader is Reshape or Slice ? Math.Max(_phases[reader], LastPhase(reader)) : _phases[reader])
        .Concat(_gradients.Count > 0 ? WinnersOf(node) : []).DefaultIfEmpty(_phases[node]).Max();

    private IEnumerable<int> WinnersOf(Node node) => node is Pool ? Homes.Live.OfType<PoolAdjoint>().Where(gradient => gradient.Of == node).Select(gradient => _phases[gradient]) : [];

    private View WinnerOf(Pool pool) => View.BatchInLanes(
        pool.Name + "Winner", WinnersOf(pool).Max() > _phases[pool] ? Space.Shard : Space.Worker, Target.Lanes,
        pool.Shape.Channels, pool.Shape.Height, pool.Shape.Width, Border.None);

    private bool IsAlias(Reshape reshape) => BorderOf(reshape.X) == Border.None && BorderOf(reshape) == Border.None;

    private View Reshaped(View x, Shape shape)
    {
        int lanes = Target.Lanes;
        return x with
        {
            Channels = shape.Channels,
            Height = shape.Height,
            Width = shape.Width,
            ChannelPitch = shape.Height * shape.Width * lanes,
            RowPitch = shape.Width * lanes,
            ColumnPitch = lanes,
        };
    }

    /// <summary>The border of zeros that readers need around a value.</summary>
    private Border BorderOf(Node node)
    {
        var border = Border.None;
        foreach (var reader in Homes.ReadersOf(node))
        {
            border = reader switch
            {
                Contract { IsMatrix: false } contract when contract.X == node => border.Union(ConvolutionBorders.Input(ContractLayer.Convolution(contract), null)),
                ContractWeightGradient { Of.IsMatrix: false } weight => border.Union(weight.Gradient == node
                    ? ConvolutionBorders.Gradient(ContractLayer.Convolution(weight.Of), needsInput: false)
                    : ConvolutionBorders.Input(ContractLayer.Convolution(weight.Of), null)),
                ContractInputGradient { Of.IsMatrix: false } input when input.Gradient == node => border.Union(ConvolutionBorders.Gradient(ContractLayer.Convolution(input.Of), needsInput: true)),
                Slice => border.Union(BorderOf(reader)),
                _ => border,
            };
        }

        return border;
    }

    protected override Buffer? StepBuffer(Node node)
    {
        if (_gradients.Count == 0 || node is ParameterNode or ScaledWeight || node.Scope != Scope.Batch || !DependsOnStep(node)) return null;
        return new Buffer(node.Name + "Total", Space.Shard, View.RoundUp(node.Shape.Channels, 16), Keeps: true);
    }

    private static bool DependsOnStep(Node node) => node is Mean or Variance or BatchSum or ImagesReciprocal || (node is Pointwise && node.Inputs.Any(DependsOnStep));

    protected override DropoutSource? DropoutOf(int layer)
    {
        int slot = _dropouts.IndexOf(layer);
        return new DropoutSource(TrainingPlanner.DropoutKeys(slot, _shards), _scalars, TrainingPlanner.AdamScalars + 2 * slot);
    }

    protected override Buffer? PresentLine => BatchCounts.Lines(_shards);

    protected override Buffer? Totals => BatchCounts.Totals;

    private Buffer Parts(Node node) => _sums.TryGetValue(node, out var own)
        ? own
        : _sums[node] = new Buffer(node.Name + "Parts", Space.Batch, (node is Mean ? 2 : 1) * View.RoundUp(node.Shape.Channels, 16), _shards, Keeps: true);

    private void Gather(Node node)
    {
        if (node is Mean mean)
        {
            Operations.Add(new GatherMoments(
                node.Name + "Gather", Parts(node).Whole, BatchCounts.Lines(_shards).Whole, BatchCounts.Totals, _shards, BatchBuffer(mean), BatchBuffer(mean.Variance!),
                node.Shape.Channels, mean.X.Shape.Height * mean.X.Shape.Width));
        }
        else if (node is BatchSum)
        {
            Operations.Add(new GatherSum(node.Name + "Gather", WholeOf(Parts(node)), _shards, BatchBuffer(node), node.Shape.Channels));
        }
    }

    /// <summary>All shards' parts from that of the first on.</summary>
    private Buffer WholeOf(Buffer part) => part.Parent is null
        ? part.Whole
        : new Buffer(part.Name + "All", part.Space, part.Parent.TotalLength - part.ParentOffset, 1, part.Keeps) { Parent = part.Parent.Whole, ParentOffset = part.ParentOffset };

    private void Add(Node node)
    {
        if (!Homes.IsInMemory(node)) return;
        var kernel = Homes.KernelOf(node);
        var outlet = Outlet(node);
        switch (kernel)
        {
            case Contract { IsMatrix: true } contract:
                var matrix = Parameters.Of(MatrixName(contract));
                Emit(new LinearForward(
                    contract.Name + "Forward", ContractLayer.Matrix(contract), ViewOf(contract.X), BatchBuffer(contract.Weight), matrix.RowPitch,
                    contract.Bias is null ? null : BatchBuffer(contract.Bias), ViewOf(node), Relu: false, Dropout: null,
                    Tile.Choose(Target, contract.Shape.Length, 1, mostRows: ParameterLayout.Alignment)), outlet);
                break;
            case Contract contract:
                Convolution(contract, node, outlet);
                break;
            case Pool pool:
                Emit(new WindowOperation(
                    pool.Name + "Forward", pool.Window, pool.IsMax, pool.CountsPadding, ViewOf(pool.X), ViewOf(node),
                    pool.IsMax && WinnersOf(pool).Any() ? WinnerOf(pool) : null, ChannelsInLanes: false), outlet);
                break;
            case PixelSum sum:
                Emit(new PixelSumOperation(sum.Name + "PixelSum", sum.X.Shape, Reading(sum.X, sum.X.Shape), ViewOf(node), ChannelsInLanes: false), outlet);
                break;
            case Pointwise { Scope: Scope.Image } pointwise:
                Operations.Add(new PointwiseOperation(node.Name + "Pointwise", ViewOf(node), Inner(pointwise, null), ChannelsInLanes: false));
                break;
            case Pointwise pointwise when StepBuffer(node) is { } buffer:
                Operations.Add(new BatchPointwise(node.Name, buffer, node.Shape.Channels, Inner(pointwise, null)));
                break;
            case Reshape reshape when !IsAlias(reshape):
                Operations.Add(new CopyView(node.Name + "Copy", Reshaped(ViewOf(reshape.X), reshape.Shape), ViewOf(node)));
                break;
            case Concat concat:
                int first = 0;
                var whole = ViewOf(node);
                foreach (var (input, i) in concat.Inputs.Select((input, i) => (input, i)))
                {
                    var part = whole with { Channels = input.Shape.Channels, Origin = whole.Origin + first * whole.ChannelPitch };
                    Operations.Add(new CopyView(FormattableString.Invariant($"{node.Name}Copy{i}"), ViewOf(input), part));
                    first += input.Shape.Channels;
                }

                break;
            case LossGradient loss:
                Operations.Add(new Loss("loss", ViewOf(loss.Outputs), ViewOf(node)));
                break;
            case Mean mean:
                Operations.Add(new MomentsOperation(node.Name, ViewOf(mean.X), Parts(node), BatchCounts.Lines(_shards)));
                break;
            case BatchSum sum when !IsSummedWithMatrix(sum):
                Operations.Add(new BatchSumOperation(node.Name, sum.X.Shape, Reading(sum.X, sum.X.Shape), Parts(node)));
                foreach (var (place, i) in _shared.Where(shared => shared.Sum == node).Select((shared, i) => (shared.Place, i)))
                    Operations.Add(new BatchSumOperation(FormattableString.Invariant($"{node.Name}Again{i}"), sum.X.Shape, Reading(sum.X, sum.X.Shape), place));
                break;
            case PoolAdjoint gradient:
                Operations.Add(new WindowGradient(
                    node.Name, gradient.Of.Window, gradient.Of.IsMax, gradient.Of.CountsPadding, ViewOf(gradient.Gradient),
                    gradient.Of.IsMax ? WinnerOf(gradient.Of) : null, ViewOf(node)));
                break;
            case ContractWeightGradient gradient:
                WeightGradient(gradient);
                break;
            case ContractInputGradient gradient:
                InputGradient(gradient, node, outlet);
                break;
        }
    }

    private static string MatrixName(Contract contract) => ((contract.Weight as ScaledWeight)?.Weight ?? (ParameterNode)contract.Weight).Name;

    /// <summary>Whether a sum is nothing but a linear layer's bias gradient, which the update takes.</summary>
    private bool IsSummedWithMatrix(BatchSum sum) => !HasReaders(sum) && _gradients.Any(gradient => gradient.Gradient == sum && IsMatrixBias(gradient));

    private void Convolution(Contract contract, Node root, Expression? outlet)
    {
        var layer = ContractLayer.Convolution(contract);
        View x = ViewOf(contract.X), y = ViewOf(root);
        var (weight, bias) = (BatchBuffer(contract.Weight), contract.Bias is null ? null : BatchBuffer(contract.Bias));
        string name = contract.Name + "Forward";
        if (AlgorithmChoice.Forward(layer, null) is { } tiles)
        {
            var spectra = WinogradPlanner.Weights(Preparations, name, layer, tiles, weight, reversed: false, _spectra, Target);
            Emit(WinogradPlanner.Convolution(
                name, layer, tiles, Target, x, -layer.PaddingHeight, -layer.PaddingWidth, spectra, layer.Input.Channels, 1, bias, y,
                relu: false, pool: null, winner: null, gate: null), outlet);
            return;
        }

        Emit(new ConvolutionForward(
            name, layer, x, weight, bias, y, Relu: false, Pool: null, Winner: null, Rows: null,
            Tile.Choose(Target, layer.OutsPerGroup, layer.Output.Width)), outlet);
    }

    private void WeightGradient(ContractWeightGradient gradient)
    {
        var contract = gradient.Of;
        var parameter = Parameters.Of(((ParameterNode)contract.Weight).Name);
        View x = ViewOf(contract.X), dy = ViewOf(gradient.Gradient);
        if (contract.IsMatrix)
        {
            var transposed = new Buffer(contract.Name + "Input", Space.Batch, Target.Lanes * parameter.RowPitch, _shards, Keeps: true);
            Operations.Add(new TransposeFeatures(contract.Name + "InputTransposed", x, transposed, parameter.RowPitch));
            MatrixUpdate(contract, dy, transposed, parameter);
            return;
        }

        var layer = ContractLayer.Convolution(contract);
        var result = _partial.Part(contract.Name + "WeightGradient", parameter.Offset, parameter.Length);
        Operations.Add(AlgorithmChoice.WeightGradient(layer) is { } tiles
            ? WinogradPlanner.WeightGradient(gradient.Name, layer, tiles, Target, x, dy, result)
            : layer.IsDepthwise
                ? new DepthwiseWeightGradient(gradient.Name, layer, x, dy, result)
                : new ConvolutionWeightGradient(gradient.Name, layer, x, dy, result, TrainingPlanner.ChooseWeightTile(layer, Target)));
    }

    private void MatrixUpdate(Contract contract, View gradient, Buffer transposed, Parameter weight)
    {
        var layer = ContractLayer.Matrix(contract);
        var whole = gradient with { Buffer = gradient.Buffer.Whole };
        Updates.AddRange(TrainingPlanner.LinearUpdates(
            layer, whole, _shards, transposed.Whole, weight, contract.Bias is ParameterNode bias ? Parameters.Of(bias.Name) : null, _scalars, Target));
    }

    private void InputGradient(ContractInputGradient gradient, Node root, Expression? outlet)
    {
        var contract = gradient.Of;
        View dy = ViewOf(gradient.Gradient), result = ViewOf(root);
        var weight = BatchBuffer(contract.Weight);
        if (contract.IsMatrix)
        {
            var parameter = Parameters.Of(((ParameterNode)contract.Weight).Name);
            Emit(new LinearInputGradient(
                gradient.Name, ContractLayer.Matrix(contract), dy, weight, parameter.RowPitch, result, Gate: null,
                Tile.Choose(Target, contract.X.Shape.Length, 1, mostRows: ParameterLayout.Alignment)), outlet);
            return;
        }

        var layer = ContractLayer.Convolution(contract);
        if (AlgorithmChoice.InputGradient(layer) is { } tiles)
        {
            Emit(WinogradPlanner.Convolution(
                gradient.Name, layer, tiles, Target, dy, layer.PaddingHeight - layer.KernelHeight + 1, layer.PaddingWidth - layer.KernelWidth + 1,
                WinogradPlanner.Weights(Preparations, gradient.Name, layer, tiles, weight, reversed: true, Space.Batch, Target),
                1, layer.Input.Channels, bias: null, result, relu: false, pool: null, winner: null, gate: null), outlet);
            return;
        }

        Emit(new ConvolutionInputGradient(
            gradient.Name, layer, dy, weight, result, Gate: null,
            Tile.Choose(Target, layer.InsPerGroup, (layer.Input.Width + layer.StrideWidth - 1) / layer.StrideWidth)), outlet);
    }

    private void Update()
    {
        Updates.AddRange(TrainingPlanner.GatheredUpdates(Parameters, _partial, _shards, _scalars));
        foreach (var states in _graph.States.GroupBy(update => update.Of!))
        {
            Buffer? Of(StateKind kind) => states.FirstOrDefault(update => update.Kind == kind) is { } update ? Parameters.Of(update.State.Name).In(Space.Parameters) : null;
            var mean = states.Key;
            Updates.Add(new StatisticsUpdate(
                mean.Name + "Update", Parts(mean).Whole, BatchCounts.Lines(_shards).Whole, BatchCounts.Totals, _shards, Of(StateKind.Mean), Of(StateKind.Variance),
                Of(StateKind.Count), mean.Shape.Channels, mean.X.Shape.Height * mean.X.Shape.Width, states.First().Momentum));
        }
    }
}
