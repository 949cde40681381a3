namespace StaticCnn.Generator.Declaration;

/// <summary>What can be wrong with a declaration. Each value is the number of its diagnostic: 1 is SCNN001.</summary>
internal enum Fault
{
    NotPartial = 1,
    ContainerNotPartial = 2,
    Generic = 3,
    UnsuitableType = 4,
    NothingToLearn = 5,
    LayersOverSeveralParts = 6,
    SizeOutOfRange = 7,
    WindowLargerThanInput = 8,
    LinearBeforeFlatten = 9,
    ImageLayerAfterFlatten = 10,
    DuplicateName = 11,
    InvalidName = 12,
    DropoutOutOfRange = 13,
    OutputIsNotVector = 14,
    TooFewClasses = 15,
    PaddingTooLarge = 16,
    InvalidTraining = 17,
    NoCnnModel = 18,
    TooLarge = 19,
    ExceedsUnrollBudget = 20,
}

/// <summary>One mistake in a declaration: what, where, and the arguments of the diagnostic's message.</summary>
internal sealed record DeclarationError(Fault Fault, Place Place, EquatableArray<string> Arguments)
{
    public DeclarationError(Fault fault, Place place, params string[] arguments)
        : this(fault, place, arguments.ToEquatableArray())
    {
    }
}

/// <summary>
/// The part of a declaration that is at fault, free of any source position: an edit above the class must not change
/// what the pipeline compares. The analyzer turns it into a location.
/// </summary>
internal readonly record struct Place(PlaceKind Kind, int Index)
{
    public static Place Class => new(PlaceKind.Class, 0);

    public static Place Model => new(PlaceKind.Model, 0);

    public static Place Training => new(PlaceKind.Training, 0);

    public static Place Layer(int index) => new(PlaceKind.Layer, index);
}

internal enum PlaceKind
{
    /// <summary>The name of the class.</summary>
    Class,

    /// <summary>The [CnnModel] attribute.</summary>
    Model,

    /// <summary>The [Training] attribute.</summary>
    Training,

    /// <summary>A layer's attribute, by its index in source order.</summary>
    Layer,
}
