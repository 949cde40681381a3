using StaticCnn.Generator.Declaration;

namespace StaticCnn.Generator.Network;

/// <summary>Follows one image's values through the layers. Names point upwards only, so the order of writing is one of computation.</summary>
internal sealed class LayerResolver
{
    private readonly List<DeclarationError> _errors;
    private readonly IReadOnlyList<string> _names;
    private readonly List<(Shape? Shape, Form Form)> _values = [];
    private readonly HashSet<int> _read = [];
    private Place? _flatten;

    public LayerResolver(InputDeclaration input, IReadOnlyList<string> names, List<DeclarationError> errors)
    {
        (_names, _errors) = (names, errors);
        var checks = new ArgumentChecks("CnnModel", Place.Model, errors);
        bool valid = input.IsVector
            ? checks.AtLeast(1, "length", input.Channels)
            : checks.AtLeast(1, "channels", input.Channels) & checks.AtLeast(1, "height", input.Height) & checks.AtLeast(1, "width", input.Width);
        decimal floats = (decimal)input.Channels * input.Height * input.Width;
        valid = valid && SizeLimits.CheckTensor(floats, "The input image", Place.Model, errors);
        Input = !valid ? null : input.IsVector ? Shape.Vector(input.Channels) : new Shape(input.Channels, input.Height, input.Width);
        (Shape, Form) = (Input, input.IsVector ? Form.Vector : Form.Image);
    }

    public Shape? Input { get; }

    /// <summary>The layers so far; all of them only as long as there is no error.</summary>
    public List<Layer> Layers { get; } = [];

    /// <summary>What the last layer hands on, or null where an error leaves it unknown.</summary>
    public Shape? Shape { get; private set; }

    public Form Form { get; private set; }

    public void Add(LayerDeclaration declared, int index, string name)
    {
        var place = Place.Layer(index);
        if (_values.Count == 0) _image = (Shape, Form);
        var kind = Layer.OfKind(declared.Kind);
        var sources = Sources(kind, declared, index);
        foreach (int source in sources) _read.Add(source);
        var values = sources.Select(source => source < 0 ? _image : _values[source]).ToList();
        if (kind.Joins && values.Select(value => value.Form).Distinct().Count() > 1) values = values.Select(value => ((Shape?)null, value.Form)).ToList();
        var context = new LayerContext(declared, name, place, values.Select(value => value.Item1).ToList(), values[0].Item2, _flatten, _errors);
        var layer = kind.Resolve(context);
        if (values[0].Item2 == Form.Image && context.Form == Form.Vector) _flatten ??= place;
        if (layer is not null)
        {
            Layers.Add(layer with
            {
                Declared = declared,
                Name = name,
                Key = declared.Text("Key") ?? name,
                Sources = sources.ToEquatableArray(),
                Inputs = values.Select(value => value.Item1!).ToEquatableArray(),
                Output = context.Output!,
            });
        }

        (Shape, Form) = (context.Output, context.Form);
        _values.Add((Shape, Form));
    }

    /// <summary>Reports values that nobody reads: the last is the network's output.</summary>
    public void CheckReaders()
    {
        for (int i = 0; i < _values.Count - 1; i++)
        {
            if (!_read.Contains(i)) _errors.Add(new(Fault.UnreadValue, Place.Layer(i), _names[i]));
        }
    }

    private (Shape? Shape, Form Form) _image;

    /// <summary>What is named, and that of the layer above unless it is named itself.</summary>
    private List<int> Sources(Layer kind, LayerDeclaration declared, int index)
    {
        if (!kind.Joins) return [declared.Text("From") is { } from ? Find(from, index) : index - 1];
        var sources = declared.Texts().Select(source => Find(source, index)).ToList();
        int above = declared.Text("From") is { } other ? Find(other, index) : index - 1;
        if (!sources.Contains(above)) sources.Add(above);
        return sources;
    }

    private int Find(string source, int index)
    {
        int found = Enumerable.Range(0, index).FirstOrDefault(i => _names[i] == source);
        if (index > 0 && _names[found] == source) return found;
        var near = _names.Take(index).OrderBy(name => Distance(name, source)).Take(1).ToList();
        _errors.Add(new(Fault.UnknownName, Place.Layer(index), source, string.Join(", ", near)));
        return index - 1;
    }

    /// <summary>Letters that differ, for a guess at what was meant.</summary>
    private static int Distance(string one, string other) => Math.Abs(one.Length - other.Length) + one.Zip(other, (a, b) => a == b ? 0 : 1).Sum();
}
