using StaticCnn.Generator.Declaration;

namespace StaticCnn.Generator.Network;

/// <summary>
/// One layer with its shapes resolved. Each kind is a record in the folder Layers, named as its attribute; an instance without
/// values is what reads the attribute of that kind.
/// </summary>
internal abstract record Layer
{
    private static readonly Dictionary<string, Layer> Kinds = typeof(Layer).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(Layer)) && !type.IsAbstract)
        .ToDictionary(type => type.Name, type => (Layer)Activator.CreateInstance(type)!);

    /// <summary>The kind's instance without values.</summary>
    public static Layer OfKind(string kind) => Kinds[kind];

    public LayerDeclaration Declared { get; init; } = new("");

    public string Name { get; init; } = "";

    /// <summary>What its parameters' names begin with in a state_dict.</summary>
    public string Key { get; init; } = "";

    /// <summary>The layers that it reads, by their indices; -1 is the image.</summary>
    public EquatableArray<int> Sources { get; init; } = EquatableArray<int>.Empty;

    /// <summary>The shapes of what it reads.</summary>
    public EquatableArray<Shape> Inputs { get; init; } = EquatableArray<Shape>.Empty;

    /// <summary>The shape of the one value that it reads, or of the first.</summary>
    public Shape Input
    {
        get => Inputs.Count == 0 ? Shape.Vector(0) : Inputs[0];
        init => Inputs = new[] { value }.ToEquatableArray();
    }

    public Shape Output { get; init; } = Shape.Vector(0);

    /// <summary>The attribute as the user writes it.</summary>
    public string Kind => GetType().Name;

    /// <summary>The first part of derived names, such as conv of conv1.</summary>
    public abstract string Stem { get; }

    /// <summary>Whether the first of its kind is called by the stem alone.</summary>
    public virtual bool IsUsuallyAlone => false;

    /// <summary>Whether it has parameters.</summary>
    public virtual bool Learns => false;

    /// <summary>Whether it reads several values, named by its arguments, and that of the layer above.</summary>
    public virtual bool Joins => false;

    /// <summary>Whether its output has its input's shape, whatever that is.</summary>
    public virtual bool KeepsShape => false;

    /// <summary>The argument that sets the output's width, such as <c>outFeatures</c>; empty where there is none.</summary>
    public virtual string WidthOption => "";

    /// <summary>What stands behind the kind in the table of layers, such as a kernel's size.</summary>
    public virtual string Summary => "";

    /// <summary>Its parameters in the order of a state_dict.</summary>
    public virtual IEnumerable<ParameterShape> Parameters => [];

    /// <summary>Multiply-adds of the forward pass for one image, by the direct definition.</summary>
    public virtual long MultiplyAdds => 0;

    /// <summary>
    /// The layer that an attribute declares, its own values and <see cref="Output"/> set; null where the attribute leaves the
    /// output open. Mistakes are added to the context.
    /// </summary>
    public abstract Layer? Resolve(LayerContext context);

    /// <summary>Its formula.</summary>
    public abstract Node Build(GraphBuilder g);
}
