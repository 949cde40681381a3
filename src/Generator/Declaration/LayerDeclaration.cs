namespace StaticCnn.Generator.Declaration;

/// <summary>One layer attribute as it is written: its kind, and what is set of its arguments and options.</summary>
/// <param name="Kind">The attribute as the user writes it, such as <c>Conv2d</c>.</param>
/// <param name="Arguments">In the order of writing: the constructor's by their parameters' names, then the options by theirs.</param>
internal sealed record LayerDeclaration(string Kind, EquatableArray<Argument> Arguments)
{
    public LayerDeclaration(string kind, params Argument[] arguments) : this(kind, arguments.ToEquatableArray())
    {
    }

    /// <summary>The declared name of the layer; null where it is derived.</summary>
    public string? Name => Text("Name");

    public int? Int(string name) => (int?)Value(name);

    public float? Float(string name) => (float?)Value(name);

    public bool? Bool(string name) => (bool?)Value(name);

    public string? Text(string name) => (string?)Value(name);

    /// <summary>The names that are a joining layer's arguments.</summary>
    public IEnumerable<string> Texts() => Arguments.Where(argument => !argument.IsOption).Select(argument => (string?)argument.Value ?? "");

    /// <summary>The value of an argument or option; null where it is not set.</summary>
    private object? Value(string name) => Arguments.FirstOrDefault(argument => argument.Name == name).Value;
}

/// <summary>One value that is set on an attribute.</summary>
/// <param name="Name">Of the constructor's parameter or of the property.</param>
/// <param name="Value">An element of an array, which has an argument for each; an int, float, bool or string; of an enumeration its number.</param>
/// <param name="IsOption">Whether it is a property rather than a constructor's argument.</param>
/// <param name="Member">The member of an enumeration that the value is, such as <c>StaticCnn.ConvolutionAlgorithm.Direct</c>.</param>
internal readonly record struct Argument(string Name, object? Value, bool IsOption = false, string? Member = null);
