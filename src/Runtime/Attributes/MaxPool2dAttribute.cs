namespace StaticCnn;

/// <summary>
/// The largest value of each window. Rows and columns that do not fill a window are dropped, as PyTorch drops them by
/// default: output [C,(H-windowHeight)/stride+1,(W-windowWidth)/stride+1]. The gradient goes to the first largest value in scan order.
/// </summary>
/// <param name="windowHeight">Rows of the window.</param>
/// <param name="windowWidth">Columns of the window.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class MaxPool2dAttribute(int windowHeight, int windowWidth) : LayerAttribute
{
    private int? _stride;
    private int? _strideHeight;
    private int? _strideWidth;
    private int? _paddingHeight;
    private int? _paddingWidth;
    private int? _dilationHeight;
    private int? _dilationWidth;

    /// <summary>A pooling with a square window.</summary>
    /// <param name="window">Rows and columns of the window.</param>
    public MaxPool2dAttribute(int window) : this(window, window)
    {
    }

    /// <summary>Rows of the window.</summary>
    public int WindowHeight { get; } = windowHeight;

    /// <summary>Columns of the window.</summary>
    public int WindowWidth { get; } = windowWidth;

    /// <summary>Rows and columns from one window to the next; the window's own size when it is not set.</summary>
    public int Stride
    {
        get => _stride ?? 0;
        set => _stride = value;
    }

    /// <summary>Rows from one window to the next; overrides <see cref="Stride"/>.</summary>
    public int StrideHeight
    {
        get => _strideHeight ?? _stride ?? WindowHeight;
        set => _strideHeight = value;
    }

    /// <summary>Columns from one window to the next; overrides <see cref="Stride"/>.</summary>
    public int StrideWidth
    {
        get => _strideWidth ?? _stride ?? WindowWidth;
        set => _strideWidth = value;
    }

    /// <summary>Rows and columns added on every side, below every value; at most half the window.</summary>
    public int Padding { get; set; }

    /// <summary>Rows added above and below; overrides <see cref="Padding"/>.</summary>
    public int PaddingHeight
    {
        get => _paddingHeight ?? Padding;
        set => _paddingHeight = value;
    }

    /// <summary>Columns added left and right; overrides <see cref="Padding"/>.</summary>
    public int PaddingWidth
    {
        get => _paddingWidth ?? Padding;
        set => _paddingWidth = value;
    }

    /// <summary>Pixels from one tap of the window to the next; 1 leaves none out. <see cref="DilationHeight"/> and <see cref="DilationWidth"/> override it.</summary>
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

    /// <summary>Whether a last window that hangs over the end counts; none begins in the padding behind it.</summary>
    public bool CeilMode { get; set; }
}
