namespace StaticCnn;

/// <summary>
/// A two-dimensional convolution (cross-correlation, as in PyTorch): input [C,H,W], weight [outChannels,C,kh,kw],
/// output [outChannels,(H+2*padding-kh)/stride+1,(W+2*padding-kw)/stride+1].
/// </summary>
/// <param name="outChannels">Output channels, at least 1.</param>
/// <param name="kernelHeight">Rows of the kernel, 1 to 11.</param>
/// <param name="kernelWidth">Columns of the kernel, 1 to 11.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class Conv2dAttribute(int outChannels, int kernelHeight, int kernelWidth) : LayerAttribute
{
    private int? _strideHeight;
    private int? _strideWidth;
    private int? _paddingHeight;
    private int? _paddingWidth;
    private int? _paddingTop;
    private int? _paddingBottom;
    private int? _paddingLeft;
    private int? _paddingRight;
    private int? _dilationHeight;
    private int? _dilationWidth;

    /// <summary>A convolution with a square kernel.</summary>
    /// <param name="outChannels">Output channels, at least 1.</param>
    /// <param name="kernel">Rows and columns of the kernel, 1 to 11.</param>
    public Conv2dAttribute(int outChannels, int kernel) : this(outChannels, kernel, kernel)
    {
    }

    /// <summary>Output channels.</summary>
    public int OutChannels { get; } = outChannels;

    /// <summary>Rows of the kernel.</summary>
    public int KernelHeight { get; } = kernelHeight;

    /// <summary>Columns of the kernel.</summary>
    public int KernelWidth { get; } = kernelWidth;

    /// <summary>Rows and columns from one window to the next; <see cref="StrideHeight"/> and <see cref="StrideWidth"/> override it.</summary>
    public int Stride { get; set; } = 1;

    /// <summary>Rows from one window to the next.</summary>
    public int StrideHeight
    {
        get => _strideHeight ?? Stride;
        set => _strideHeight = value;
    }

    /// <summary>Columns from one window to the next.</summary>
    public int StrideWidth
    {
        get => _strideWidth ?? Stride;
        set => _strideWidth = value;
    }

    /// <summary>Zero rows and columns added on every side; <see cref="PaddingHeight"/> and <see cref="PaddingWidth"/> override it.</summary>
    public int Padding { get; set; }

    /// <summary>Zero rows added above and below.</summary>
    public int PaddingHeight
    {
        get => _paddingHeight ?? Padding;
        set => _paddingHeight = value;
    }

    /// <summary>Zero columns added left and right.</summary>
    public int PaddingWidth
    {
        get => _paddingWidth ?? Padding;
        set => _paddingWidth = value;
    }

    /// <summary>Zero rows added above; overrides <see cref="PaddingHeight"/>.</summary>
    public int PaddingTop
    {
        get => _paddingTop ?? PaddingHeight;
        set => _paddingTop = value;
    }

    /// <summary>Zero rows added below; overrides <see cref="PaddingHeight"/>.</summary>
    public int PaddingBottom
    {
        get => _paddingBottom ?? PaddingHeight;
        set => _paddingBottom = value;
    }

    /// <summary>Zero columns added on the left; overrides <see cref="PaddingWidth"/>.</summary>
    public int PaddingLeft
    {
        get => _paddingLeft ?? PaddingWidth;
        set => _paddingLeft = value;
    }

    /// <summary>Zero columns added on the right; overrides <see cref="PaddingWidth"/>.</summary>
    public int PaddingRight
    {
        get => _paddingRight ?? PaddingWidth;
        set => _paddingRight = value;
    }

    /// <summary>Pixels from one tap of the kernel to the next; 1 leaves none out. <see cref="DilationHeight"/> and <see cref="DilationWidth"/> override it.</summary>
    public int Dilation { get; set; } = 1;

    /// <summary>Rows from one tap to the next.</summary>
    public int DilationHeight
    {
        get => _dilationHeight ?? Dilation;
        set => _dilationHeight = value;
    }

    /// <summary>Columns from one tap to the next.</summary>
    public int DilationWidth
    {
        get => _dilationWidth ?? Dilation;
        set => _dilationWidth = value;
    }

    /// <summary>Groups of channels: each reads its share of the input's channels and gives its share of the output's. As many as channels: each by itself.</summary>
    public int Groups { get; set; } = 1;

    /// <summary>Whether a learned bias is added to each output channel.</summary>
    public bool Bias { get; set; } = true;

    /// <summary>How the convolution is computed. <see cref="ConvolutionAlgorithm.Auto"/> lets the generator's cost model choose.</summary>
    public ConvolutionAlgorithm Algorithm { get; set; }
}
