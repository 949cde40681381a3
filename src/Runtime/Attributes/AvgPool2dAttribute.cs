namespace StaticCnn;

/// <summary>The mean of each window, as PyTorch's AvgPool2d has it.</summary>
/// <param name="windowHeight">Rows of the window.</param>
/// <param name="windowWidth">Columns of the window.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class AvgPool2dAttribute(int windowHeight, int windowWidth) : LayerAttribute
{
    private int? _stride;
    private int? _strideHeight;
    private int? _strideWidth;
    private int? _paddingHeight;
    private int? _paddingWidth;

    /// <summary>A pooling with a square window.</summary>
    /// <param name="window">Rows and columns of the window.</param>
    public AvgPool2dAttribute(int window) : this(window, window)
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

    /// <summary>Zero rows and columns added on every side, at most half the window.</summary>
    public int Padding { get; set; }

    /// <summary>Zero rows added above and below; overrides <see cref="Padding"/>.</summary>
    public int PaddingHeight
    {
        get => _paddingHeight ?? Padding;
        set => _paddingHeight = value;
    }

    /// <summary>Zero columns added left and right; overrides <see cref="Padding"/>.</summary>
    public int PaddingWidth
    {
        get => _paddingWidth ?? Padding;
        set => _paddingWidth = value;
    }

    /// <summary>Whether a last window that hangs over the end counts; none begins in the padding behind it.</summary>
    public bool CeilMode { get; set; }

    /// <summary>Whether zeros of the padding count as values of the mean.</summary>
    public bool CountIncludePad { get; set; } = true;
}
