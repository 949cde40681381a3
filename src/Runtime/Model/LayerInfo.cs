using System.Collections.Immutable;

namespace StaticCnn;

/// <summary>One layer of a network.</summary>
/// <param name="Name">Its name, unique in the network, such as <c>conv1</c>.</param>
/// <param name="Attribute">The attribute that declares it, from which everything that sets it apart can be read.</param>
/// <param name="Input">Shape of its input, [C,H,W] or [n].</param>
/// <param name="Output">Shape of its output, [C,H,W] or [n].</param>
/// <param name="Parameters">Its parameters, weight before bias; empty where it has none.</param>
/// <param name="MultiplyAdds">Multiply-adds of its forward pass for one image, by the direct definition.</param>
public sealed record LayerInfo(
    string Name,
    LayerAttribute Attribute,
    TensorShape Input,
    TensorShape Output,
    ImmutableArray<ParameterInfo> Parameters,
    long MultiplyAdds)
{
    /// <summary>The attribute as it is written, such as <c>Conv2d(16, 5, Padding = 2)</c>.</summary>
    public string Declaration { get; init; } = "";

    /// <summary>The layers that it reads, by their indices, in order; -1 is the image.</summary>
    public ImmutableArray<int> Sources { get; init; } = [];

    /// <summary>Its kind: the attribute's name, such as <c>Conv2d</c>.</summary>
    public string Kind => Attribute.Kind;

    /// <summary>Learned values of the layer.</summary>
    public int ParameterCount
    {
        get
        {
            int count = 0;
            foreach (var parameter in Parameters) count += parameter.IsState ? 0 : parameter.Count;
            return count;
        }
    }
}
