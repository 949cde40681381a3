using StaticCnn.Figures.Drawing;

namespace StaticCnn.Figures.Motion;

/// <summary>One kernel of a convolution at work on one input: what it reads, multiplies and adds at each place.</summary>
internal sealed class SlidingKernel
{
    private readonly float[] _input;
    private readonly float[] _weights;

    private SlidingKernel(LayerInfo layer, int channel, float[] input, float[] weights, float bias, float[] output) =>
        (Layer, Channel, _input, _weights, Bias, Output) = (layer, channel, input, weights, bias, output);

    /// <summary>The convolution.</summary>
    public LayerInfo Layer { get; }

    /// <summary>The convolution's kernel, stride and padding.</summary>
    public Conv2dAttribute Options => (Conv2dAttribute)Layer.Attribute;

    /// <summary>The kernel's index, also that of the map that it writes.</summary>
    public int Channel { get; }

    /// <summary>What is added to each sum; 0 where the layer has no bias.</summary>
    public float Bias { get; }

    /// <summary>The map that it writes, [H,W], as the network computed it.</summary>
    public float[] Output { get; }

    /// <summary>All its weights, [in, rows, columns].</summary>
    public ReadOnlySpan<float> Weights => _weights;

    /// <summary>Rows of the kernel.</summary>
    public int Rows => Options.KernelHeight;

    /// <summary>Columns of the kernel.</summary>
    public int Columns => Options.KernelWidth;

    /// <summary>Rows of the input with the padding.</summary>
    public int PaddedRows => Layer.Input.Height + 2 * Options.PaddingHeight;

    /// <summary>Columns of the input with the padding.</summary>
    public int PaddedColumns => Layer.Input.Width + 2 * Options.PaddingWidth;

    /// <summary>Takes a kernel of a network and what the network computed for an image.</summary>
    public static SlidingKernel Of<TModel>(TModel model, Activations activations, int layer, int channel) where TModel : class, ICnnModel<TModel>
    {
        var info = TModel.Layers[layer];
        Activations.CheckChannel(info, channel);
        float[] all = Values(model.Parameters, info.Parameters[0]);
        int kernel = all.Length / info.Output.Channels, map = info.Output.Height * info.Output.Width;
        float bias = info.Parameters.Length > 1 ? Values(model.Parameters, info.Parameters[1])[channel] : 0;
        return new SlidingKernel(
            info, channel, layer == 0 ? activations.Image : activations[layer - 1], all[(channel * kernel)..((channel + 1) * kernel)], bias,
            activations[layer][(channel * map)..((channel + 1) * map)]);
    }

    /// <summary>The weights for one channel of the input, [rows, columns].</summary>
    public ReadOnlySpan<float> Slice(int input) => _weights.AsSpan(input * Rows * Columns, Rows * Columns);

    /// <summary>One channel of the input, [H,W], without padding.</summary>
    public ReadOnlySpan<float> Plane(int input) =>
        _input.AsSpan(input * Layer.Input.Height * Layer.Input.Width, Layer.Input.Height * Layer.Input.Width);

    /// <summary>The whole input, [C,H,W].</summary>
    public ReadOnlySpan<float> Input => _input;

    /// <summary>The row of the padded input at which the window for an output starts.</summary>
    public int RowOf(int output) => output / Layer.Output.Width * Options.StrideHeight;

    /// <summary>The column of the padded input at which the window for an output starts.</summary>
    public int ColumnOf(int output) => output % Layer.Output.Width * Options.StrideWidth;

    /// <summary>What lies under the window, [rows, columns]; null in the padding.</summary>
    public float?[] Window(int input, int output)
    {
        var plane = Plane(input);
        var window = new float?[Rows * Columns];
        for (int i = 0; i < window.Length; i++)
        {
            int y = RowOf(output) + i / Columns - Options.PaddingHeight, x = ColumnOf(output) + i % Columns - Options.PaddingWidth;
            if ((uint)y < (uint)Layer.Input.Height && (uint)x < (uint)Layer.Input.Width) window[i] = plane[y * Layer.Input.Width + x];
        }
        return window;
    }

    /// <summary>What lies under the window times the weights, [rows, columns].</summary>
    public float[] Products(int input, int output)
    {
        var window = Window(input, output);
        var slice = Slice(input);
        var products = new float[window.Length];
        for (int i = 0; i < products.Length; i++) products[i] = (window[i] ?? 0) * slice[i];
        return products;
    }

    /// <summary>The sum of the products over all channels of the input, without the bias.</summary>
    public float Sum(int output)
    {
        double sum = 0;
        for (int input = 0; input < Layer.Input.Channels; input++) sum += Products(input, output).Sum(product => (double)product);
        return (float)sum;
    }

    /// <summary>The colours of the weights.</summary>
    public ColorScale WeightScale => ColorScale.Diverging(_weights);

    private static float[] Values(ParameterStore parameters, ParameterInfo parameter)
    {
        var values = new float[parameter.Count];
        parameters.Get(parameters.IndexOf(parameter.Name), values);
        return values;
    }
}
