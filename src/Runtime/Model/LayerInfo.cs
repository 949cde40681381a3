using System.Collections.Immutable;

namespace StaticCnn;

/// <summary>The kinds of layer.</summary>
public enum LayerKind
{
    /// <summary><see cref="Conv2dAttribute"/>.</summary>
    Conv2d,

    /// <summary><see cref="MaxPool2dAttribute"/>.</summary>
    MaxPool2d,

    /// <summary><see cref="ReLUAttribute"/>.</summary>
    ReLU,

    /// <summary><see cref="FlattenAttribute"/>.</summary>
    Flatten,

    /// <summary><see cref="LinearAttribute"/>.</summary>
    Linear,

    /// <summary><see cref="DropoutAttribute"/>.</summary>
    Dropout,
}

/// <summary>One layer of a network.</summary>
/// <param name="Name">Its name, unique in the network, such as <c>conv1</c>.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Input">Shape of its input, [C,H,W] or [n].</param>
/// <param name="Output">Shape of its output, [C,H,W] or [n].</param>
/// <param name="Parameters">Its parameters, weight before bias; empty where it has none.</param>
/// <param name="MultiplyAdds">Multiply-adds of its forward pass for one image, by the direct definition.</param>
/// <param name="Options">What the declaration says of it: window, stride, padding, probability.</param>
public sealed record LayerInfo(
    string Name,
    LayerKind Kind,
    TensorShape Input,
    TensorShape Output,
    ImmutableArray<ParameterInfo> Parameters,
    long MultiplyAdds,
    LayerOptions Options)
{
    /// <summary>Learned values of the layer.</summary>
    public int ParameterCount
    {
        get
        {
            int count = 0;
            foreach (var parameter in Parameters) count += parameter.Count;
            return count;
        }
    }
}

/// <summary>A layer's declared options; what does not apply to its kind has its default.</summary>
/// <param name="WindowHeight">Rows of a kernel or pooling window.</param>
/// <param name="WindowWidth">Columns of a kernel or pooling window.</param>
/// <param name="StrideHeight">Rows from one window to the next.</param>
/// <param name="StrideWidth">Columns from one window to the next.</param>
/// <param name="PaddingHeight">Zero rows above and below.</param>
/// <param name="PaddingWidth">Zero columns left and right.</param>
/// <param name="Probability">A dropout's probability.</param>
public readonly record struct LayerOptions(
    int WindowHeight = 1,
    int WindowWidth = 1,
    int StrideHeight = 1,
    int StrideWidth = 1,
    int PaddingHeight = 0,
    int PaddingWidth = 0,
    float Probability = 0);
