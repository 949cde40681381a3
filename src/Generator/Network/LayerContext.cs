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
/// One attribute and what comes into its layer, as the layer's kind resolves it. Where a mistake leaves a shape unknown,
/// what can still be checked of the layers behind it is checked, so that independent mistakes are reported together.
/// </summary>
internal sealed class LayerContext(
    LayerDeclaration declared, string name, Place place, IReadOnlyList<Shape?> inputs, Form form, Place? flatten, List<DeclarationError> errors)
{
    public LayerDeclaration Declared => declared;

    public string Name => name;

    /// <summary>What the layer takes in; null where a mistake leaves it unknown.</summary>
    public Shape? Input => inputs[0];

    /// <summary>All that a joining layer takes in; null where a mistake leaves some of it unknown.</summary>
    public IReadOnlyList<Shape>? Inputs => inputs.All(input => input is not null) ? inputs.Select(input => input!).ToList() : null;

    /// <summary>The form of what comes in, and in the end of what goes out.</summary>
    public Form Form { get; set; } = form;

    /// <summary>What goes out; unknown until it is set.</summary>
    public Shape? Output { get; set; }

    public ArgumentChecks Checks => new(declared.Kind, place, errors);

    /// <summary>The option for one direction, or for both, or a default.</summary>
    public (int Height, int Width) Pair(string option, int height, int width) => (
        declared.Int(option + "Height") ?? declared.Int(option) ?? height,
        declared.Int(option + "Width") ?? declared.Int(option) ?? width);

    public void Report(Fault fault, EquatableArray<Setting> remedy, params string[] arguments) =>
        errors.Add(new(fault, place, arguments) { Remedy = remedy });

    public void Report(Fault fault, params string[] arguments) => errors.Add(new(fault, place, arguments));

    /// <summary>The image that comes in, or null.</summary>
    public Shape? TakeImage(bool valid)
    {
        if (Form != Form.Vector) return Form == Form.Image && valid ? Input : null;
        errors.Add(new(Fault.ImageLayerAfterFlatten, place, declared.Kind) { Before = flatten });
        Form = Form.Unknown;
        return null;
    }

    /// <summary>Sets an image as what goes out, if it is not too large.</summary>
    public bool GiveImage(int channels, int height, int width)
    {
        if (SizeLimits.CheckTensor((decimal)channels * height * width, $"The output of {name}", place, errors)) Output = new Shape(channels, height, width);
        return Output is not null;
    }

    /// <summary>Whether a tensor of so many floats is allowed.</summary>
    public bool CheckTensor(decimal floats, string what) => SizeLimits.CheckTensor(floats, what, place, errors);

    /// <summary>The layer, where what comes in and goes out is known.</summary>
    public T? Known<T>(T layer) where T : Layer => Input is not null && Output is not null ? layer : null;

    /// <summary>A layer that changes values and not their shape.</summary>
    public T? Same<T>(T layer) where T : Layer
    {
        Output = Input;
        return Known(layer);
    }

    /// <summary>A layer of values of one shape, or of [C,1,1] over [C,H,W].</summary>
    public T? Broadcast<T>(T layer) where T : Layer
    {
        if (Inputs is not { } all) return null;
        var largest = all.OrderByDescending(shape => shape.Length).First();
        Output = largest;
        if (all.All(shape => shape.Equals(largest) || (shape is { Height: 1, Width: 1, IsVector: false } && !largest.IsVector && shape.Channels == largest.Channels))) return layer;
        DoNotJoin("one shape, or [C,1,1] over [C,H,W]");
        return null;
    }

    public void DoNotJoin(string expected) => Report(
        Fault.ShapesDoNotJoin, declared.Kind, expected, string.Join(" and ", inputs.Select(input => input?.ToString() ?? "")));

    public static string Size((int Height, int Width) size) => FormattableString.Invariant($"{size.Height}x{size.Width}");
}
