namespace StaticCnn;

/// <summary>The base of every layer attribute of a network declared with <see cref="CnnModelAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public abstract class LayerAttribute : Attribute
{
    /// <summary>
    /// The layer's name, the first part of its parameters' names (<c>conv1.weight</c>). When it is not set, the name is
    /// the kind with a running number: <c>conv1</c>, <c>relu1</c>, <c>pool1</c>, <c>fc1</c>, <c>dropout1</c>, <c>flatten</c>.
    /// </summary>
    public string? Name { get; set; }

    /// <summary>The layer above whose output this one reads; the one directly above when it is not set.</summary>
    public string? From { get; set; }

    /// <summary>The first part of its tensors' names in a file of weights, such as PyTorch's <c>body.0.1</c>; the layer's name when it is not set.</summary>
    public string? Key { get; set; }

    /// <summary>The kind of layer: the attribute's name as it is written, such as <c>Conv2d</c>.</summary>
    internal string Kind => GetType().Name[..^"Attribute".Length];
}
