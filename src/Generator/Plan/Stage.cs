using StaticCnn.Generator.Network;
using Conv2dLayer = StaticCnn.Generator.Layers.Conv2d;
using DropoutLayer = StaticCnn.Generator.Layers.Dropout;
using FlattenLayer = StaticCnn.Generator.Layers.Flatten;
using LinearLayer = StaticCnn.Generator.Layers.Linear;
using MaxPool2dLayer = StaticCnn.Generator.Layers.MaxPool2d;
using ReluLayer = StaticCnn.Generator.Layers.ReLU;

namespace StaticCnn.Generator.Plan;

/// <summary>
/// Layers that run as one operation, so that what lies between them never reaches memory. A stage that ends in a
/// fused ReLU expects its output's gradient already masked by it; <see cref="Stages"/> fuses only where the next
/// stage does that.
/// </summary>
internal abstract record Stage(Shape Input, Shape Output, string Name)
{
    public virtual bool HasParameters => false;

    /// <summary>Whether the gradient of this stage's output must be masked where the output is not positive.</summary>
    public virtual bool IsGated => false;
}

internal sealed record ConvolutionStage(Conv2dLayer Convolution, bool Relu, MaxPool2dLayer? Pool, Shape Output, string Name)
    : Stage(Convolution.Input, Output, Name)
{
    public override bool HasParameters => true;

    public override bool IsGated => Relu && Pool is null;
}

internal sealed record LinearStage(LinearLayer Linear, bool Relu, DropoutLayer? Dropout, int DropoutIndex, string Name)
    : Stage(Linear.Input, Linear.Output, Name)
{
    public override bool HasParameters => true;

    public override bool IsGated => Relu;
}

internal sealed record PoolStage(MaxPool2dLayer Pool) : Stage(Pool.Input, Pool.Output, Pool.Name);

internal sealed record ReluStage(ReluLayer Relu) : Stage(Relu.Input, Relu.Output, Relu.Name);

internal sealed record DropoutStage(DropoutLayer Dropout, int DropoutIndex) : Stage(Dropout.Input, Dropout.Output, Dropout.Name);

internal sealed record FlattenStage(FlattenLayer Flatten) : Stage(Flatten.Input, Flatten.Output, Flatten.Name);

internal static class Stages
{
    /// <summary>Groups the layers of a network into stages.</summary>
    public static EquatableArray<Stage> Fuse(CnnNetwork network)
    {
        var layers = network.Layers;
        var stages = new List<Stage>();
        int i = 0;
        while (i < layers.Count)
        {
            switch (layers[i])
            {
                case Conv2dLayer convolution:
                    bool relu = At(i + 1) is ReluLayer;
                    if (At(relu ? i + 2 : i + 1) is MaxPool2dLayer { IsDisjoint: true } pool)
                    {
                        stages.Add(new ConvolutionStage(convolution, relu, pool, pool.Output, pool.Name));
                        i += relu ? 3 : 2;
                    }
                    else if (relu && At(i + 2) is Conv2dLayer)
                    {
                        stages.Add(new ConvolutionStage(convolution, true, null, convolution.Output, layers[i + 1].Name));
                        i += 2;
                    }
                    else
                    {
                        stages.Add(new ConvolutionStage(convolution, false, null, convolution.Output, convolution.Name));
                        i++;
                    }

                    break;
                case LinearLayer linear:
                    if (At(i + 1) is ReluLayer && At(i + 2) is LinearLayer)
                    {
                        stages.Add(new LinearStage(linear, true, null, -1, layers[i + 1].Name));
                        i += 2;
                    }
                    else if (At(i + 1) is ReluLayer && At(i + 2) is DropoutLayer dropout && At(i + 3) is LinearLayer)
                    {
                        stages.Add(new LinearStage(linear, true, dropout, i + 2, dropout.Name));
                        i += 3;
                    }
                    else
                    {
                        stages.Add(new LinearStage(linear, false, null, -1, linear.Name));
                        i++;
                    }

                    break;
                case MaxPool2dLayer layer:
                    stages.Add(new PoolStage(layer));
                    i++;
                    break;
                case ReluLayer layer:
                    stages.Add(new ReluStage(layer));
                    i++;
                    break;
                case DropoutLayer layer:
                    stages.Add(new DropoutStage(layer, i));
                    i++;
                    break;
                case FlattenLayer layer:
                    stages.Add(new FlattenStage(layer));
                    i++;
                    break;
                default:
                    throw new InvalidOperationException($"No stage runs the layer {layers[i]}.");
            }
        }

        return stages.ToEquatableArray();

        Layer? At(int index) => index < layers.Count ? layers[index] : null;
    }
}
