using StaticCnn.Generator.Network;

namespace StaticCnn.Generator.Plan;

/// <summary>
/// The forward pass of one image, channels in lanes, layer by layer: every activation stays readable afterwards.
/// </summary>
internal static class ImagePlanner
{
    public static (Program Program, EquatableArray<Packing> Packings, EquatableArray<View> Activations) Plan(
        CnnNetwork network, ParameterLayout parameters, Target target)
    {
        var operations = new List<Operation>();
        var packings = new List<Packing>();
        var activations = new List<View>();
        // Convolutions and linear layers read single floats, so the image itself needs no padding of its channels.
        bool scalarReads = network.Layers[0] is Conv2dLayer or FlattenLayer;
        var x = View.ChannelsInLanes("image", scalarReads ? 1 : target.Lanes, network.Input, Border(0));
        operations.Add(new LoadImages("loadImage", x));
        for (int i = 0; i < network.Layers.Count; i++)
        {
            var layer = network.Layers[i];
            var y = layer switch
            {
                FlattenLayer or DropoutLayer => x,
                // A flattened image still lies as an image does.
                ReluLayer { Output.IsVector: true } => x with { Buffer = x.Buffer with { Name = layer.Name } },
                _ => View.ChannelsInLanes(layer.Name, target.Lanes, layer.Output, Border(i + 1)),
            };
            switch (layer)
            {
                case Conv2dLayer convolution:
                    int outPitch = View.RoundUp(convolution.Output.Channels, target.Lanes);
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
                    operations.Add(new ImagePool(layer.Name, pool, x, y));
                    break;
                case ReluLayer:
                    operations.Add(new ImageRelu(layer.Name, x, y));
                    break;
            }

            activations.Add(y);
            x = y;
        }

        operations.Add(new StoreLogits("storeLogits", x));
        return (new Program("Image", operations.ToEquatableArray()), packings.ToEquatableArray(), activations.ToEquatableArray());

        Buffer Prepared(Layer layer, string kind, int length) => new(layer.Name + kind, Space.Prepared, length, Keeps: true);

        Buffer Bias(Layer layer, int pitch)
        {
            // Without a bias the buffer keeps the zeros that it starts with.
            var buffer = Prepared(layer, "Bias", View.RoundUp(pitch, 16));
            if (parameters.Bias(layer) is { } bias) packings.Add(new PackBias(buffer, bias));
            return buffer;
        }

        Border Border(int i)
        {
            while (i < network.Layers.Count && network.Layers[i] is DropoutLayer) i++;
            if (i >= network.Layers.Count || network.Layers[i] is not Conv2dLayer layer) return StaticCnn.Generator.Plan.Border.None;
            return Taps.Border(
                new[] { Taps.Forward(layer.KernelHeight, layer.StrideHeight, layer.PaddingHeight, layer.Output.Height) },
                new[] { Taps.Forward(layer.KernelWidth, layer.StrideWidth, layer.PaddingWidth, layer.Output.Width) },
                layer.Input.Height, layer.Input.Width);
        }
    }
}
