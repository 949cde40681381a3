namespace StaticCnn.Generator.Plan;

/// <summary>The part of planning that training and inference share: views of the values and the forward operations.</summary>
/// <param name="stages">The network.</param>
/// <param name="parameters">Where the parameters stand.</param>
/// <param name="target">The vector width.</param>
/// <param name="prepared">Where spectra of kernels live.</param>
internal sealed class ForwardPlanner(EquatableArray<Stage> stages, ParameterLayout parameters, Target target, Space prepared)
{
    private readonly List<Operation> _preparations = new();

    /// <summary>What must run before the forward operations whenever the parameters have changed.</summary>
    public IReadOnlyList<Operation> Preparations => _preparations;

    /// <summary>The images of a shard.</summary>
    public View Image => BatchView("image", stages[0].Input, InputBorder(0));

    /// <summary>Where stage <paramref name="i"/> leaves its output; a flattening leaves it where it is.</summary>
    public View Output(int i, View x) => stages[i] is FlattenStage
        ? x.Flattened(target.Lanes)
        : BatchView(stages[i].Name, stages[i].Output, InputBorder(i + 1));

    /// <summary>Where stage <paramref name="i"/> notes which value of each pooling window was the largest; null if it does not pool.</summary>
    public View? Winner(int i) => stages[i] is PoolStage or ConvolutionStage { Pool: not null }
        ? BatchView(stages[i].Name + "Winner", stages[i].Output, Border.None)
        : null;

    public IEnumerable<Operation> Operations(int i, View x, View y, View? winner, Func<int, DropoutSource>? keys)
    {
        switch (stages[i])
        {
            case ConvolutionStage stage:
                yield return Convolution(stage, x, y, winner);
                break;
            case PoolStage stage:
                yield return new PoolForward(stage.Name + "Forward", stage.Pool, x, y, winner);
                break;
            case ReluStage stage:
                yield return new ReluForward(stage.Name + "Forward", x, y);
                break;
            case DropoutStage stage:
                yield return new DropoutForward(stage.Name + "Forward", x, y, keys!(stage.DropoutIndex));
                break;
            case LinearStage stage:
                var weight = parameters.Weight(stage.Linear);
                yield return new LinearForward(
                    stage.Linear.Name + "Forward", stage.Linear, x, weight.In(Space.Parameters), weight.RowPitch,
                    parameters.Bias(stage.Linear)?.In(Space.Parameters), y, stage.Relu,
                    stage.Dropout is null || keys is null ? null : keys(stage.DropoutIndex),
                    Tile.Choose(target, stage.Linear.Output.Length, 1, mostRows: ParameterLayout.Alignment));
                break;
        }
    }

    private Operation Convolution(ConvolutionStage stage, View x, View y, View? winner)
    {
        var layer = stage.Convolution;
        var weight = parameters.Weight(layer).In(Space.Parameters);
        var bias = parameters.Bias(layer)?.In(Space.Parameters);
        string name = layer.Name + "Forward";
        if (AlgorithmChoice.Forward(layer, stage.Pool) is { } tiles)
        {
            return WinogradPlanner.Convolution(
                name, layer, tiles, target, x, -layer.PaddingHeight, -layer.PaddingWidth,
                WinogradPlanner.Weights(_preparations, name, layer, tiles, weight, reversed: false, prepared, target),
                layer.Input.Channels, 1, bias, y, stage.Relu, stage.Pool, winner, gate: null);
        }

        // Columns that no pooling window covers are never computed.
        int columns = stage.Pool is { } pool ? (pool.Output.Width - 1) * pool.StrideWidth + pool.WindowWidth : layer.Output.Width;
        var tile = Tile.Choose(target, layer.Output.Channels, columns);
        var rows = stage.Pool is null
            ? null
            : new Buffer(layer.Name + "Rows", Space.Worker, tile.Rows * stage.Pool.WindowHeight * columns * target.Lanes);
        return new ConvolutionForward(name, layer, x, weight, bias, y, stage.Relu, stage.Pool, winner, rows, tile);
    }

    private View BatchView(string name, Shape shape, Border border) => View.BatchInLanes(
        name, Space.Worker, target.Lanes, shape.Channels, shape.Height, shape.Width, border);

    /// <summary>The border that stage <paramref name="i"/> reads around its input.</summary>
    private Border InputBorder(int i)
    {
        // Inference leaves dropout out, so the value before it is the one that a convolution behind it reads.
        while (i < stages.Count && stages[i] is DropoutStage) i++;
        return i < stages.Count && stages[i] is ConvolutionStage stage
            ? ConvolutionBorders.Input(stage.Convolution, stage.Pool)
            : Border.None;
    }
}
