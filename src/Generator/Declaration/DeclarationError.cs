namespace StaticCnn.Generator.Declaration;

/// <summary>
/// What can be wrong with a declaration, and from <see cref="DropoutAtTheEnd"/> to <see cref="AlgorithmIgnored"/> what is legal but unwise. Each value is
/// the number of its diagnostic: 1 is SCNN001.
/// </summary>
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
    DropoutAtTheEnd = 21,
    ReluAtTheEnd = 22,
    WastesLanes = 23,
    WastesBatchLanes = 24,
    SkipsPixels = 25,
    DoesNothing = 26,
    NothingBetween = 27,
    AlgorithmIgnored = 28,
    InvalidExportPrefix = 29,
    DuplicateExportPrefix = 30,
    LanguageTooOld = 31,
    UnknownName = 32,
    UnreadValue = 33,
    ShapesDoNotJoin = 34,
}

/// <summary>One mistake in a declaration: what, where, and the arguments of the diagnostic's message.</summary>
internal sealed record DeclarationError(Fault Fault, Place Place, EquatableArray<string> Arguments)
{
    public DeclarationError(Fault fault, Place place, params string[] arguments)
        : this(fault, place, arguments.ToEquatableArray())
    {
    }

    /// <summary>Options of the attribute that would set it right: what a code fix offers.</summary>
    public EquatableArray<Setting> Remedy { get; init; } = EquatableArray<Setting>.Empty;

    /// <summary>The layer before which this one belongs.</summary>
    public Place? Before { get; init; }
}

/// <summary>An option or argument of an attribute, by its name, and its value as code; an empty value takes it away.</summary>
internal readonly record struct Setting(string Option, string Value)
{
    public Setting(string option, int value) : this(option, FormattableString.Invariant($"{value}"))
    {
    }

    /// <summary>One option for both directions where they agree.</summary>
    public static EquatableArray<Setting> Both(string option, int height, int width) => height == width
        ? new[] { new Setting(option, height) }.ToEquatableArray()
        : new[] { new Setting(option + "Height", height), new Setting(option + "Width", width) }.ToEquatableArray();

    public static EquatableArray<Setting> One(string option, string value) => new[] { new Setting(option, value) }.ToEquatableArray();
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

    public static Place Exports => new(PlaceKind.Exports, 0);

    public static Place Layer(int index) => new(PlaceKind.Layer, index);
}

internal enum PlaceKind
{
    /// <summary>The name of the class.</summary>
    Class,

    /// <summary>The [CnnModel] attribute, or the first of ours where that is missing.</summary>
    Model,

    /// <summary>The [Training] attribute.</summary>
    Training,

    /// <summary>The [NativeExports] attribute.</summary>
    Exports,

    /// <summary>A layer's attribute, by its index in source order.</summary>
    Layer,
}
