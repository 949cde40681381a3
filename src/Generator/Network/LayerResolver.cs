using StaticCnn.Generator.Declaration;

namespace StaticCnn.Generator.Network;

/// <summary>What a layer hands on. Unknown after a mistake that leaves it open, so that one mistake is reported once.</summary>
internal enum Form
{
    Image,
    Vector,
    Unknown,
}

/// <summary>
/// Follows one image's values through the layers. Where an error leaves a shape unknown, what can still be checked of
/// the layers behind it is checked, so that independent mistakes are reported together.
/// </summary>
internal sealed class LayerResolver
{
    private const int LargestKernel = 11;

    private readonly List<DeclarationError> _errors;
    private Place _place = Place.Model;
    private Place? _flatten;

    public LayerResolver(InputDeclaration input, List<DeclarationError> errors)
    {
        _errors = errors;
        var checks = new ArgumentChecks("CnnModel", _place, errors);
        bool valid = checks.AtLeast(1, "channels", input.Channels)
            & checks.AtLeast(1, "height", input.Height)
            & checks.AtLeast(1, "width", input.Width);
        Input = valid ? Image("The input image", input.Channels, input.Height, input.Width) : null;
        Shape = Input;
    }

    public Shape? Input { get; }

    /// <summary>The layers so far; all of them only as long as there is no error.</summary>
    public List<Layer> Layers { get; } = [];

    /// <summary>What the layers so far hand on, or null where an error leaves it unknown.</summary>
    public Shape? Shape { get; private set; }

    public Form Form { get; private set; } = Form.Image;

    public void Add(LayerDeclaration declared, int index, string name)
    {
        _place = Place.Layer(index);
        var layer = declared switch
        {
            Conv2dDeclaration conv => Conv2d(conv, name),
            MaxPool2dDeclaration pool => MaxPool2d(pool, name),
            ReluDeclaration => Shape is { } same ? new ReluLayer(name, same, same) : null,
            FlattenDeclaration => Flatten(name),
            LinearDeclaration linear => Linear(linear, name),
            DropoutDeclaration dropout => Dropout(dropout, name),
            _ => throw new ArgumentException($"{declared.Kind} is no layer.", nameof(declared)),
        };
        if (layer is not null) Layers.Add(layer);
    }

    private Layer? Conv2d(Conv2dDeclaration conv, string name)
    {
        int strideHeight = conv.StrideHeight ?? conv.Stride ?? 1, strideWidth = conv.StrideWidth ?? conv.Stride ?? 1;
        int paddingHeight = conv.PaddingHeight ?? conv.Padding ?? 0, paddingWidth = conv.PaddingWidth ?? conv.Padding ?? 0;
        var algorithm = (Algorithm)(conv.Algorithm ?? 0);

        var checks = new ArgumentChecks(conv.Kind, _place, _errors);
        bool valid = checks.AtLeast(1, "outChannels", conv.OutChannels)
            & checks.BothBetween(1, LargestKernel, "kernel", conv.KernelHeight, conv.KernelWidth)
            & checks.BothAtLeast(1, "Stride", strideHeight, strideWidth)
            & checks.BothAtLeast(0, "Padding", paddingHeight, paddingWidth)
            & checks.Between((int)Algorithm.Auto, (int)Algorithm.Winograd, "Algorithm", (int)algorithm);
        if (valid && (paddingHeight >= conv.KernelHeight || paddingWidth >= conv.KernelWidth))
        {
            string padding = Size(paddingHeight, paddingWidth), kernel = Size(conv.KernelHeight, conv.KernelWidth);
            _errors.Add(new(Fault.PaddingTooLarge, _place, conv.Kind, padding, kernel) { Remedy = SmallerPadding(conv) });
            valid = false;
        }

        if (TakeImage(conv.Kind, valid) is not { } input) return null;
        int rows = Steps(input.Height, conv.KernelHeight, strideHeight, paddingHeight);
        int columns = Steps(input.Width, conv.KernelWidth, strideWidth, paddingWidth);
        if (rows < 1 || columns < 1)
        {
            bool padded = paddingHeight > 0 || paddingWidth > 0;
            string available = Size(input.Height + 2 * paddingHeight, input.Width + 2 * paddingWidth);
            _errors.Add(new(
                Fault.WindowLargerThanInput, _place, conv.Kind, "kernel", Size(conv.KernelHeight, conv.KernelWidth),
                padded ? available + " (padding included)" : available)
            {
                Remedy = Setting.Both(
                    "kernel", Math.Min(conv.KernelHeight, input.Height + 2 * paddingHeight), Math.Min(conv.KernelWidth, input.Width + 2 * paddingWidth)),
            });
            return null;
        }

        decimal weights = (decimal)conv.OutChannels * input.Channels * (conv.KernelHeight * conv.KernelWidth);
        if (!SizeLimits.CheckTensor(weights, $"{name}.weight", _place, _errors)) return null;
        Shape = Image($"The output of {name}", conv.OutChannels, rows, columns);
        return Shape is null ? null : new Conv2dLayer(
            name, input, Shape, conv.KernelHeight, conv.KernelWidth, strideHeight, strideWidth,
            paddingHeight, paddingWidth, conv.Bias ?? true, algorithm);
    }

    private Layer? MaxPool2d(MaxPool2dDeclaration pool, string name)
    {
        int strideHeight = pool.StrideHeight ?? pool.Stride ?? pool.WindowHeight;
        int strideWidth = pool.StrideWidth ?? pool.Stride ?? pool.WindowWidth;

        var checks = new ArgumentChecks(pool.Kind, _place, _errors);
        bool valid = checks.BothAtLeast(1, "window", pool.WindowHeight, pool.WindowWidth);

        // An unset stride is the window; its mistake is already told.
        valid = valid && checks.BothAtLeast(1, "Stride", strideHeight, strideWidth);

        if (TakeImage(pool.Kind, valid) is not { } input) return null;
        if (pool.WindowHeight > input.Height || pool.WindowWidth > input.Width)
        {
            string window = Size(pool.WindowHeight, pool.WindowWidth), available = Size(input.Height, input.Width);
            _errors.Add(new(Fault.WindowLargerThanInput, _place, pool.Kind, "window", window, available)
            {
                Remedy = Setting.Both("window", Math.Min(pool.WindowHeight, input.Height), Math.Min(pool.WindowWidth, input.Width)),
            });
            return null;
        }

        int rows = Steps(input.Height, pool.WindowHeight, strideHeight, 0);
        int columns = Steps(input.Width, pool.WindowWidth, strideWidth, 0);
        Shape = new Shape(input.Channels, rows, columns);
        return new MaxPool2dLayer(name, input, Shape, pool.WindowHeight, pool.WindowWidth, strideHeight, strideWidth);
    }

    private Layer? Flatten(string name)
    {
        var input = Shape;
        if (Form == Form.Vector) _errors.Add(new(Fault.ImageLayerAfterFlatten, _place, "Flatten"));
        else _flatten ??= _place;
        Form = Form.Vector;
        if (input is null) return null;
        Shape = Shape.Vector(input.Length);
        return new FlattenLayer(name, input, Shape);
    }

    private Layer? Linear(LinearDeclaration linear, string name)
    {
        var input = Shape;
        bool valid = new ArgumentChecks(linear.Kind, _place, _errors).AtLeast(1, "outFeatures", linear.OutFeatures);
        if (Form == Form.Image) _errors.Add(new(Fault.LinearBeforeFlatten, _place, input?.ToString() ?? "[C,H,W]"));

        Form = Form.Vector;
        Shape = valid && SizeLimits.CheckTensor(linear.OutFeatures, $"The output of {name}", _place, _errors)
            ? Shape.Vector(linear.OutFeatures)
            : null;
        if (input is null || Shape is null) return null;
        decimal weights = (decimal)linear.OutFeatures * input.Length;
        return SizeLimits.CheckTensor(weights, $"{name}.weight", _place, _errors)
            ? new LinearLayer(name, input, Shape, linear.Bias ?? true)
            : null;
    }

    private Layer? Dropout(DropoutDeclaration dropout, string name)
    {
        if (dropout.Probability is not (>= 0 and < 1))
        {
            _errors.Add(new(Fault.DropoutOutOfRange, _place, FormattableString.Invariant($"{dropout.Probability}"))
            {
                // 20 means 20 %.
                Remedy = dropout.Probability is > 1 and < 100
                    ? Setting.One("probability", FormattableString.Invariant($"{dropout.Probability / 100}f"))
                    : EquatableArray<Setting>.Empty,
            });
        }

        return Shape is { } same ? new DropoutLayer(name, same, same, dropout.Probability) : null;
    }

    /// <summary>The image that a convolution or pooling takes in, or null. Its output is unknown until it is set.</summary>
    private Shape? TakeImage(string kind, bool valid)
    {
        var input = Form == Form.Image && valid ? Shape : null;
        Shape = null;
        if (Form != Form.Vector) return input;
        _errors.Add(new(Fault.ImageLayerAfterFlatten, _place, kind) { Before = _flatten });
        Form = Form.Unknown;
        return null;
    }

    /// <summary>Half the kernel, which keeps the size of the image, by the options that set the padding now.</summary>
    private static EquatableArray<Setting> SmallerPadding(Conv2dDeclaration conv)
    {
        var settings = new List<Setting>();
        if (conv.PaddingHeight is not null) settings.Add(new("PaddingHeight", (conv.KernelHeight - 1) / 2));
        if (conv.PaddingWidth is not null) settings.Add(new("PaddingWidth", (conv.KernelWidth - 1) / 2));
        if (conv.Padding is not null) settings.Add(new("Padding", (Math.Min(conv.KernelHeight, conv.KernelWidth) - 1) / 2));
        return settings.ToEquatableArray();
    }

    private Shape? Image(string what, int channels, int height, int width) =>
        SizeLimits.CheckTensor((decimal)channels * height * width, what, _place, _errors)
            ? new Shape(channels, height, width)
            : null;

    /// <summary>PyTorch's floor((size + 2 padding - window) / stride) + 1, and 0 where the window does not fit.</summary>
    private static int Steps(int size, int window, int stride, int padding) =>
        size + 2 * padding < window ? 0 : (size + 2 * padding - window) / stride + 1;

    private static string Size(int height, int width) => FormattableString.Invariant($"{height}x{width}");
}
