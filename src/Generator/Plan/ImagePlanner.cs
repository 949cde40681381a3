using StaticCnn.Generator.Network;
using Conv2dLayer = StaticCnn.Generator.Layers.Conv2d;
using DropoutLayer = StaticCnn.Generator.Layers.Dropout;
using FlattenLayer = StaticCnn.Generator.Layers.Flatten;
using LinearLayer = StaticCnn.Generator.Layers.Linear;
using MaxPool2dLayer = StaticCnn.Generator.Layers.MaxPool2d;
using ReluLayer = StaticCnn.Generator.Layers.ReLU;

namespace StaticCnn.Generator.Plan;

/// <summary>
/// The forward pass of one image, channels in lanes, layer by layer: every activation stays readable afterwards.
/// </summary>
internal static class ImagePlanner
{
    public static (Program Prepare, Program Image, EquatableArray<Packing> Packings, EquatableArray<Activation> Activations) Plan(
        CnnNetwork network, ParameterLayout parameters, Target target)
    {
        var operations = new List<Operation>();
        var preparations = new List<Operation>();
        var packings = new List<Packing>();
        var activations = new List<Activation>();
        bool relu = false; // Whether x still has to pass a ReLU, which the pooling behind it applies.
        // Direct convolutions and linear layers read single floats, so the image itself needs no padding of its channels.
        bool scalarReads = network.Layers[0] is FlattenLayer || (network.Layers[0] is Conv2dLayer && Tiles(0) is null);
        var x = View.ChannelsInLanes("image", scalarReads ? 1 : target.Lanes, network.Input, Border(0));
        operations.Add(new LoadImages("loadImage", x));
        for (int i = 0; i < network.Layers.Count; i++)
        {
            var layer = network.Layers[i];
            var border = Border(i + 1).Union(Overhang(i));
            var y = layer switch
            {
                FlattenLayer or DropoutLayer => x,
                ReluLayer when IsPooledNext(i) => x,
                // Where nothing asks for a border the values stay in their places, flattened ones too.
                ReluLayer when border == StaticCnn.Generator.Plan.Border.None =>
                    x with { Buffer = new Buffer(layer.Name, Space.Image, x.Buffer.Length, Keeps: true) },
                _ => View.ChannelsInLanes(layer.Name, target.Lanes, layer.Output, border),
            };
            switch (layer)
            {
                case Conv2dLayer convolution:
                    int outPitch = View.RoundUp(convolution.Output.Channels, target.Lanes);
                    if (Tiles(i) is { } tiles)
                    {
                        operations.Add(WinogradPlanner.Image(
                            preparations, convolution, tiles, parameters.Weight(convolution).In(Space.Parameters), Bias(convolution, outPitch), x, y, target));
                        break;
                    }

                    var weight = Prepared(layer, "Weight", convolution.Taps * convolution.Input.Channels * outPitch);
                    packings.Add(new PackConvolution(weight, parameters.Weight(layer), outPitch));
                    operations.Add(new ImageConvolution(
                        layer.Name, convolution, x, weight, Bias(layer, outPitch), y,
                        Tile.Choose(target, outPitch / target.Lanes, convolution.Output.Width)));
                    break;
                case LinearLayer linear:
                    int pitch = View.RoundUp(linear.Output.Length, target.Lanes);
                    var matrix = Prepared(layer, "Weight", x.Height * x.RowPitch * pitch);
                    packings.Add(new PackLinear(matrix, parameters.Weight(layer), x, pitch));
                    operations.Add(new ImageLinear(layer.Name, linear, x, matrix, Bias(layer, pitch), y));
                    break;
                case MaxPool2dLayer pool:
                    operations.Add(new ImagePool(layer.Name, pool, x, y, relu));
                    relu = false;
                    break;
                case ReluLayer when IsPooledNext(i):
                    relu = true;
                    break;
                case ReluLayer:
                    operations.Add(new ImageRelu(layer.Name, x, y));
                    break;
            }

            activations.Add(new Activation(y, relu));
            x = y;
        }

        operations.Add(new StoreLogits("storeLogits", x));
        return (new Program("PrepareImage", preparations.ToEquatableArray()), new Program("Image", operations.ToEquatableArray()), packings.ToEquatableArray(), activations.ToEquatableArray());

        Buffer Prepared(Layer layer, string kind, int length) => new(layer.Name + kind, Space.Prepared, length, Keeps: true);

        Buffer Bias(Layer layer, int pitch)
        {
            // Without a bias the buffer keeps the zeros that it starts with.
            var buffer = Prepared(layer, "Bias", View.RoundUp(pitch, 16));
            if (parameters.Bias(layer) is { } bias) packings.Add(new PackBias(buffer, bias));
            return buffer;
        }

        // The tiles of a layer that is filtered; what stands out of its output must not be read by the layer behind it.
        WinogradTiles? Tiles(int i) => network.Layers[i] is Conv2dLayer layer && layer.Input.Channels >= 4
            && i + 1 < network.Layers.Count && network.Layers[i + 1] is ReluLayer or MaxPool2dLayer
            ? AlgorithmChoice.Forward(layer, pool: null)
            : null;

        bool IsPooledNext(int i)
        {
            do i++;
            while (i < network.Layers.Count && network.Layers[i] is DropoutLayer or ReluLayer);
            return i < network.Layers.Count && network.Layers[i] is MaxPool2dLayer;
        }

        Border Overhang(int i) => i < network.Layers.Count && Tiles(i) is { } tiles
            ? new Border(0, 0, tiles.RowOverhang, tiles.Overhang)
            : StaticCnn.Generator.Plan.Border.None;

        Border Border(int i)
        {
            while (i < network.Layers.Count && network.Layers[i] is DropoutLayer) i++;
            if (i >= network.Layers.Count || network.Layers[i] is not Conv2dLayer layer) return StaticCnn.Generator.Plan.Border.None;
            return Tiles(i) is { } tiles
                ? ConvolutionBorders.ImageInput(layer, tiles)
                : ConvolutionBorders.DirectInput(layer);
        }
    }
}
