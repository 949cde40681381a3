using StaticCnn.Generator.Network;

namespace StaticCnn.Generator.Plan;

/// <summary>The part of planning that training and inference share: views of the values and the forward operations.</summary>
internal sealed class ForwardPlanner(EquatableArray<Stage> stages, ParameterLayout parameters, Target target)
{
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

    private ConvolutionForward Convolution(ConvolutionStage stage, View x, View y, View? winner)
    {
        var layer = stage.Convolution;
        // Columns that no pooling window covers are never computed.
        int columns = stage.Pool is { } pool ? (pool.Output.Width - 1) * pool.StrideWidth + pool.WindowWidth : layer.Output.Width;
        var tile = Tile.Choose(target, layer.Output.Channels, columns);
        var rows = stage.Pool is null
            ? null
            : new Buffer(layer.Name + "Rows", Space.Worker, tile.Rows * stage.Pool.WindowHeight * columns * target.Lanes);
        return new ConvolutionForward(
            layer.Name + "Forward", layer, x, parameters.Weight(layer).In(Space.Parameters),
            parameters.Bias(layer)?.In(Space.Parameters), y, stage.Relu, stage.Pool, winner, rows, tile);
    }

    private View BatchView(string name, Shape shape, Border border) => View.BatchInLanes(
        name, Space.Worker, target.Lanes, shape.Channels, shape.Height, shape.Width, border);

    /// <summary>The border that stage <paramref name="i"/> reads around its input.</summary>
    private Border InputBorder(int i)
    {
        // Inference leaves dropout out, so the value before it is the one that a convolution behind it reads.
        while (i < stages.Count && stages[i] is DropoutStage) i++;
        if (i >= stages.Count || stages[i] is not ConvolutionStage { Convolution: var layer }) return Border.None;
        return Taps.Border(
            new[] { Taps.Forward(layer.KernelHeight, layer.StrideHeight, layer.PaddingHeight, layer.Output.Height) },
            new[] { Taps.Forward(layer.KernelWidth, layer.StrideWidth, layer.PaddingWidth, layer.Output.Width) },
            layer.Input.Height, layer.Input.Width);
    }
}
