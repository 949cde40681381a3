using StaticCnn.Generator.Network;
using Conv2dLayer = StaticCnn.Generator.Layers.Conv2d;
using DropoutLayer = StaticCnn.Generator.Layers.Dropout;
using LinearLayer = StaticCnn.Generator.Layers.Linear;

namespace StaticCnn.Generator.Plan;

/// <summary>
/// A training step in two parts. Each shard runs forward, loss and backward by itself and leaves in the batch memory
/// its convolution gradients, and for linear layers their input (image by image) and output gradient. The update
/// then adds the shards up in shard order, so that no sum depends on the number of threads.
/// </summary>
internal sealed class TrainingPlanner
{
    private readonly EquatableArray<Stage> _stages;
    private readonly ParameterLayout _parameters;
    private readonly Target _target;
    private readonly int _shards;
    private readonly Buffer _gradients;
    private readonly Buffer _scalars;
    private readonly int _firstLearned;
    private readonly List<int> _dropouts;
    private readonly List<Operation> _shard = new();
    private readonly List<Operation> _update = new();
    private readonly List<Operation> _prepare = new();

    private TrainingPlanner(EquatableArray<Stage> stages, ParameterLayout parameters, Target target, int shards)
    {
        _stages = stages;
        _parameters = parameters;
        _target = target;
        _shards = shards;
        _gradients = Gathered(parameters, shards);
        _firstLearned = stages.Items.ToList().FindIndex(stage => stage.HasParameters);
        _dropouts = stages.Select(DropoutIndex).Where(index => index >= 0).ToList();
        _scalars = Scalars(_dropouts.Count);
    }

    /// <summary>The dropout layers of a network with their indices, in order.</summary>
    public static IReadOnlyList<(DropoutLayer Layer, int Index)> Dropouts(CnnNetwork network) =>
        network.Layers.Select((layer, index) => (Layer: layer as DropoutLayer, index))
            .Where(item => item.Layer is not null).Select(item => (item.Layer!, item.index)).ToList();

    /// <summary>Adam's scalars, and threshold and scale of each dropout layer.</summary>
    public static Buffer Scalars(int dropouts) => new("scalars", Space.Batch, View.RoundUp(AdamScalars + 2 * dropouts, 16), Keeps: true);

    /// <summary>One key per image of a dropout layer; a line of 16 per shard at every width.</summary>
    public static Buffer DropoutKeys(int slot, int shards) => new($"dropoutKeys{slot}", Space.Batch, 16, shards, Keeps: true);

    /// <summary>The scalars that come before the dropouts' thresholds and scales; filled by <c>AdamScalars.Fill</c>.</summary>
    public const int AdamScalars = 7;

    public static (Program Prepare, Program Shard, Program Update) Plan(
        EquatableArray<Stage> stages, ParameterLayout parameters, Target target, int shards)
    {
        var planner = new TrainingPlanner(stages, parameters, target, shards);
        planner.Plan();
        return (
            new Program("Spectra", planner._prepare.ToEquatableArray()),
            new Program("Shard", planner._shard.ToEquatableArray()), new Program("Update", planner._update.ToEquatableArray()));
    }

    /// <summary>Index of the layer whose dropout a stage applies, or -1.</summary>
    public static int DropoutIndex(Stage stage) => stage switch
    {
        LinearStage { Dropout: not null } linear => linear.DropoutIndex,
        DropoutStage dropout => dropout.DropoutIndex,
        _ => -1,
    };

    private void Plan()
    {
        var forward = new ForwardPlanner(_stages, _parameters, _target, Space.Batch);
        var values = new View[_stages.Count + 1];
        var winners = new View?[_stages.Count];
        values[0] = forward.Image;
        _shard.Add(new LoadImages("loadImages", values[0]));
        for (int i = 0; i < _stages.Count; i++)
        {
            values[i + 1] = forward.Output(i, values[i]);
            winners[i] = forward.Winner(i);
            _shard.AddRange(forward.Operations(i, values[i], values[i + 1], winners[i], Source));
        }

        _prepare.AddRange(forward.Preparations);
        var gradient = OutputGradient(_stages.Count - 1);
        _shard.Add(new Loss("loss", values[_stages.Count], gradient));
        for (int i = _stages.Count - 1; i >= _firstLearned && i >= 0; i--)
        {
            gradient = Backward(i, values[i], values[i + 1], winners[i], gradient);
        }

        _update.AddRange(GatheredUpdates(_parameters, _gradients, _shards, _scalars));
    }

    /// <summary>The gradients that each shard leaves a part of, laid out as their parameters.</summary>
    public static Buffer Gathered(ParameterLayout parameters, int shards) =>
        new("convolutionGradients", Space.Batch, Math.Max(16, parameters.ConvolutionLength), shards, Keeps: true);

    /// <summary>Adam's step on the parameters whose gradients the shards leave in parts.</summary>
    public static IEnumerable<Operation> GatheredUpdates(ParameterLayout parameters, Buffer gradients, int shards, Buffer scalars)
    {
        const int Run = 1024;
        int runs = parameters.ConvolutionLength / Run, rest = parameters.ConvolutionLength % Run;
        if (runs > 0) yield return new ConvolutionUpdate("convolutionUpdate", gradients.Whole, shards, 0, Run, runs, scalars);
        if (rest > 0) yield return new ConvolutionUpdate("convolutionUpdateRest", gradients.Whole, shards, runs * Run, rest, 1, scalars);
    }

    /// <summary>A linear layer's gradients over the batch, and Adam's step on them.</summary>
    public static IEnumerable<Operation> LinearUpdates(
        LinearLayer layer, View gradient, int shards, Buffer transposed, Parameter weight, Parameter? bias, Buffer scalars, Target target)
    {
        int outs = layer.Output.Length;
        var tile = Tile.Choose(target, outs, View.RoundUp(layer.Input.Length, target.Lanes) / target.Lanes);
        int blocks = outs / tile.Rows, rest = outs % tile.Rows;
        yield return new LinearUpdate(layer.Name + "Update", layer, gradient, shards, transposed, weight, scalars, 0, blocks, tile);
        if (rest > 0)
        {
            yield return new LinearUpdate(
                layer.Name + "UpdateRest", layer, gradient, shards, transposed, weight, scalars, outs - rest, 1, tile with { Rows = rest });
        }

        if (bias is null) yield break;
        var sums = new Buffer(layer.Name + "BiasGradient", Space.Batch, bias.RowPitch, Keeps: true);
        yield return new LinearBiasUpdate(layer.Name + "BiasUpdate", layer, gradient, shards, sums, bias, scalars);
    }

    /// <summary>Adds the backward operations of stage <paramref name="i"/> and returns the gradient of its input.</summary>
    private View Backward(int i, View x, View y, View? winner, View gradient)
    {
        bool needsInput = i > _firstLearned;
        switch (_stages[i])
        {
            case FlattenStage flatten:
                // The gradient of a flattened value is dense; the stage before it may want a border around its own.
                var spatial = new View(
                    gradient.Buffer, flatten.Input.Channels, flatten.Input.Height, flatten.Input.Width, 0,
                    flatten.Input.Height * flatten.Input.Width * _target.Lanes, flatten.Input.Width * _target.Lanes, _target.Lanes);
                if (i == 0 || GradientBorder(i - 1) == Border.None) return spatial;
                var bordered = OutputGradient(i - 1);
                _shard.Add(new CopyView(flatten.Name + "Gradient", spatial, bordered));
                return bordered;
            case LinearStage stage:
                return Linear(stage, i, x, gradient, needsInput);
            case ConvolutionStage stage:
                return Convolution(stage, i, x, y, winner, gradient, needsInput);
            case PoolStage stage:
                var unpooled = OutputGradient(i - 1, keeps: true);
                _shard.Add(stage.Pool.IsDisjoint
                    ? new Unpool(stage.Name + "Gradient", stage.Pool, gradient, null, winner!, unpooled, null)
                    : new PoolGradient(stage.Name + "Gradient", stage.Pool, gradient, winner!, unpooled));
                return unpooled;
            case ReluStage stage:
                var masked = OutputGradient(i - 1);
                _shard.Add(new ReluGradient(stage.Name + "Gradient", gradient, y, masked));
                return masked;
            case DropoutStage stage:
                var dropped = OutputGradient(i - 1);
                _shard.Add(new DropoutGradient(stage.Name + "Gradient", gradient, dropped, Source(stage.DropoutIndex)));
                return dropped;
            default:
                throw new InvalidOperationException($"No gradient is planned for {_stages[i]}.");
        }
    }

    private View Linear(LinearStage stage, int i, View x, View gradient, bool needsInput)
    {
        var layer = stage.Linear;
        var weight = _parameters.Weight(layer);
        var transposed = new Buffer(layer.Name + "Input", Space.Batch, _target.Lanes * weight.RowPitch, _shards, Keeps: true);
        _shard.Add(new TransposeFeatures(layer.Name + "InputTransposed", x, transposed, weight.RowPitch));
        var whole = gradient with { Buffer = gradient.Buffer.Whole };
        _update.AddRange(LinearUpdates(layer, whole, _shards, transposed.Whole, weight, _parameters.Bias(layer), _scalars, _target));
        if (!needsInput) return gradient;
        var result = OutputGradient(i - 1);
        var tile = Tile.Choose(_target, layer.Input.Length, 1, mostRows: ParameterLayout.Alignment);
        _shard.Add(new LinearInputGradient(
            layer.Name + "InputGradient", layer, gradient, weight.In(Space.Parameters), weight.RowPitch, result, GateOf(i - 1, x), tile));
        return result;
    }

    private View Convolution(ConvolutionStage stage, int i, View x, View y, View? winner, View gradient, bool needsInput)
    {
        var layer = stage.Convolution;
        var bias = _parameters.Bias(layer);
        var biasGradient = bias is null ? null : _gradients.Part(layer.Name + "BiasGradient", bias.Offset, bias.Length);
        var weight = _parameters.Weight(layer);
        var weightGradient = _gradients.Part(layer.Name + "WeightGradient", weight.Offset, weight.Length);
        var tile = ChooseWeightTile(layer, _target);
        if (stage.Pool is { } last && !needsInput && AlgorithmChoice.WeightGradient(layer) is null)
        {
            var some = ConvolutionGradientView(layer, Math.Min(tile.OutChannels, layer.Output.Channels), needsInput);
            _shard.Add(new PooledWeightGradient(
                layer.Name + "WeightGradient",
                new Unpool(last.Name + "Gradient", last, gradient, stage.Relu ? y : null, winner!, some, biasGradient),
                new ConvolutionWeightGradient(layer.Name + "WeightGradient", layer, x, some, weightGradient, tile)));
            return some;
        }

        if (stage.Pool is { } pool)
        {
            var unpooled = ConvolutionGradientView(layer, layer.Output.Channels, needsInput);
            _shard.Add(new Unpool(pool.Name + "Gradient", pool, gradient, stage.Relu ? y : null, winner!, unpooled, biasGradient));
            gradient = unpooled;
        }
        else if (biasGradient is not null)
        {
            _shard.Add(new BiasGradient(layer.Name + "BiasGradient", gradient, biasGradient));
        }

        _shard.Add(AlgorithmChoice.WeightGradient(layer) is { } tiles
            ? WinogradPlanner.WeightGradient(layer.Name + "WeightGradient", layer, tiles, _target, x, gradient, weightGradient)
            : new ConvolutionWeightGradient(layer.Name + "WeightGradient", layer, x, gradient, weightGradient, tile));
        if (!needsInput) return gradient;

        var result = OutputGradient(i - 1);
        string name = layer.Name + "InputGradient";
        var gate = GateOf(i - 1, x);
        _shard.Add(AlgorithmChoice.InputGradient(layer) is { } inputTiles
            ? WinogradPlanner.Convolution(
                name, layer, inputTiles, _target, gradient,
                layer.PaddingHeight - layer.KernelHeight + 1, layer.PaddingWidth - layer.KernelWidth + 1,
                WinogradPlanner.Weights(_prepare, name, layer, inputTiles, weight.In(Space.Parameters), reversed: true, Space.Batch, _target),
                1, layer.Input.Channels, bias: null, result, relu: false, pool: null, winner: null, gate)
            : new ConvolutionInputGradient(
                name, layer, gradient, weight.In(Space.Parameters), result, gate,
                Tile.Choose(_target, layer.Input.Channels, (layer.Input.Width + layer.StrideWidth - 1) / layer.StrideWidth)));
        return result;
    }

    /// <summary>The most accumulators that fit, as few loads a product as possible.</summary>
    public static WeightTile ChooseWeightTile(Conv2dLayer layer, Target target)
    {
        var best = new WeightTile(1, 1);
        double bestCost = double.MaxValue;
        for (int outs = 1; outs <= Math.Min(8, layer.OutsPerGroup); outs++)
        {
            for (int ins = 1; ins <= Math.Min(8, layer.InsPerGroup); ins++)
            {
                int products = outs * ins * layer.KernelWidth;
                if (products + outs + 1 > target.Registers) break;
                double cycles = Tile.Cycles(products, ins * layer.KernelWidth + outs);
                double tiles = Math.Ceiling((double)layer.OutsPerGroup / outs) * Math.Ceiling((double)layer.InsPerGroup / ins);
                if (cycles * tiles < bestCost - 1e-9) (best, bestCost) = (new WeightTile(outs, ins), cycles * tiles);
            }
        }

        return best;
    }

    private Gate? GateOf(int i, View output)
    {
        if (i < 0 || !_stages[i].IsGated) return null;
        int dropout = DropoutIndex(_stages[i]);
        return new Gate(output, dropout < 0 ? null : Source(dropout));
    }

    private DropoutSource Source(int layer)
    {
        int slot = _dropouts.IndexOf(layer);
        return new DropoutSource(DropoutKeys(slot, _shards), _scalars, AdamScalars + 2 * slot);
    }

    /// <summary>Where the gradient of stage <paramref name="i"/>'s output stands.</summary>
    private View OutputGradient(int i, bool keeps = false)
    {
        var stage = _stages[i];
        // A linear layer's output gradient is read again by the update, so it outlives the shard.
        return View.BatchInLanes(
            stage.Name + "Gradient", stage is LinearStage ? Space.Batch : Space.Worker, _target.Lanes,
            stage.Output.Channels, stage.Output.Height, stage.Output.Width, GradientBorder(i),
            stage is LinearStage ? _shards : 1, keeps || stage is LinearStage);
    }

    private Border GradientBorder(int i) => _stages[i] is ConvolutionStage { Pool: null } stage
        ? ConvolutionBorders.Gradient(stage.Convolution, i > _firstLearned)
        : Border.None;

    /// <summary>Where a pooling's gradient stands: zero from the start where no window reaches.</summary>
    private View ConvolutionGradientView(Conv2dLayer layer, int channels, bool needsInput) => View.BatchInLanes(
        layer.Name + "Gradient", Space.Worker, _target.Lanes, channels, layer.Output.Height, layer.Output.Width,
        ConvolutionBorders.Gradient(layer, needsInput), keeps: true);
}
