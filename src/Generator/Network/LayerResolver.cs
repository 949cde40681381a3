using StaticCnn.Generator.Declaration;

namespace StaticCnn.Generator.Network;

/// <summary>Follows one image's values through the layers.</summary>
internal sealed class LayerResolver
{
    private readonly List<DeclarationError> _errors;
    private Place? _flatten;

    public LayerResolver(InputDeclaration input, List<DeclarationError> errors)
    {
        _errors = errors;
        var checks = new ArgumentChecks("CnnModel", Place.Model, errors);
        bool valid = checks.AtLeast(1, "channels", input.Channels)
            & checks.AtLeast(1, "height", input.Height)
            & checks.AtLeast(1, "width", input.Width);
        decimal floats = (decimal)input.Channels * input.Height * input.Width;
        Input = valid && SizeLimits.CheckTensor(floats, "The input image", Place.Model, errors) ? new Shape(input.Channels, input.Height, input.Width) : null;
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
        var context = new LayerContext(declared, name, Place.Layer(index), Shape, Form, _flatten, _errors);
        var layer = Layer.OfKind(declared.Kind).Resolve(context);
        if (Form == Form.Image && context.Form == Form.Vector) _flatten ??= Place.Layer(index);
        if (layer is not null) Layers.Add(layer with { Declared = declared, Name = name, Input = Shape!, Output = context.Output! });
        (Shape, Form) = (context.Output, context.Form);
    }
}
