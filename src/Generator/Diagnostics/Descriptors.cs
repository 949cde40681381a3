using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using StaticCnn.Generator.Declaration;

namespace StaticCnn.Generator.Diagnostics;

/// <summary>Every diagnostic. Each has a page in docs/diagnostics and an entry in AnalyzerReleases.Unshipped.md.</summary>
internal static class Descriptors
{
    private const string Category = "StaticCnn";

    /// <summary>No editorconfig, ruleset, pragma or NoWarn hides an error: a class without its generated part is nothing that one can go on with.</summary>
    private const string Always = WellKnownDiagnosticTags.NotConfigurable;

    private const string Help = "https://github.com/staticcnn/staticcnn/blob/main/docs/diagnostics/";

    public static readonly DiagnosticDescriptor NotPartial = new(
        "SCNN001", "A model class must be partial",
        "'{0}' must be partial: the generator writes the rest of it; add the partial modifier",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Help + "SCNN001.md", customTags: Always);

    public static readonly DiagnosticDescriptor ContainerNotPartial = new(
        "SCNN002", "A type around a model class must be partial",
        "'{0}' is nested in '{1}', which is not partial; add the partial modifier to '{1}'",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Help + "SCNN002.md", customTags: Always);

    public static readonly DiagnosticDescriptor Generic = new(
        "SCNN003", "A model class must not be generic",
        "'{0}' cannot be a model because '{1}' is generic; declare the model outside of generic types",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Help + "SCNN003.md", customTags: Always);

    public static readonly DiagnosticDescriptor UnsuitableType = new(
        "SCNN004", "A model must be an ordinary class",
        "'{0}' {1}; a model must be an ordinary class, such as 'public sealed partial class {0};'",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Help + "SCNN004.md", customTags: Always);

    public static readonly DiagnosticDescriptor NothingToLearn = new(
        "SCNN005", "A model must have layers that learn",
        "'{0}' {1}; add layers such as [Flatten, Linear(10)] after [CnnModel]",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Help + "SCNN005.md", customTags: Always);

    public static readonly DiagnosticDescriptor LayersOverSeveralParts = new(
        "SCNN006", "The layers of a model must stand on one part",
        "The layers of '{0}' are spread over several partial parts, so their order is undefined; move them to one part",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Help + "SCNN006.md", customTags: Always);

    public static readonly DiagnosticDescriptor SizeOutOfRange = new(
        "SCNN007", "A size is out of range",
        "{0}: {1} must be {2}, but is {3}",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Help + "SCNN007.md", customTags: Always);

    public static readonly DiagnosticDescriptor WindowLargerThanInput = new(
        "SCNN008", "A window is larger than its input",
        "{0}: the {1} of {2} does not fit its input of {3}; make it smaller, or pool or stride less before it",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Help + "SCNN008.md", customTags: Always);

    public static readonly DiagnosticDescriptor LinearBeforeFlatten = new(
        "SCNN009", "Linear needs a vector",
        "Linear takes a vector, but its input is the image {0}; put Flatten before it",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Help + "SCNN009.md", customTags: Always);

    public static readonly DiagnosticDescriptor ImageLayerAfterFlatten = new(
        "SCNN010", "A layer that needs an image follows Flatten",
        "{0} takes an image, but its input is already a vector; move it before Flatten, or remove it",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Help + "SCNN010.md", customTags: Always);

    public static readonly DiagnosticDescriptor DuplicateName = new(
        "SCNN011", "Two layers have the same name",
        "The name '{0}' is taken by a layer before this one (case is ignored); set another Name",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Help + "SCNN011.md", customTags: Always);

    public static readonly DiagnosticDescriptor InvalidName = new(
        "SCNN012", "A layer's name is not an identifier",
        "'{0}' is no layer name; use letters A to Z, digits and underscores, not beginning with a digit",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Help + "SCNN012.md", customTags: Always);

    public static readonly DiagnosticDescriptor DropoutOutOfRange = new(
        "SCNN013", "A dropout probability is out of range",
        "The dropout probability must be at least 0 and below 1, but is {0}",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Help + "SCNN013.md", customTags: Always);

    public static readonly DiagnosticDescriptor OutputIsNotVector = new(
        "SCNN014", "A model must end as a vector",
        "The model ends as the image {0}; end it with Flatten and Linear, whose width is the number of classes",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Help + "SCNN014.md", customTags: Always);

    public static readonly DiagnosticDescriptor TooFewClasses = new(
        "SCNN015", "A model needs at least two classes",
        "The model ends with a width of {0}, which is its number of classes; at least 2 are needed, such as {1}",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Help + "SCNN015.md", customTags: Always);

    public static readonly DiagnosticDescriptor PaddingTooLarge = new(
        "SCNN016", "Padding of a pooling is more than half its window",
        "{0}: Padding of {1} must be at most half the window of {2}; a window wholly in the padding sees nothing of the input",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Help + "SCNN016.md", customTags: Always);

    public static readonly DiagnosticDescriptor InvalidTraining = new(
        "SCNN017", "A training value is out of range",
        "Training: {0} must be {1}, but is {2}",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Help + "SCNN017.md", customTags: Always);

    public static readonly DiagnosticDescriptor NoCnnModel = new(
        "SCNN018", "Layers without a model",
        "'{0}' has [{1}] but no [CnnModel]; add [CnnModel(channels, height, width)] before it, or remove it",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Help + "SCNN018.md", customTags: Always);

    public static readonly DiagnosticDescriptor TooLarge = new(
        "SCNN019", "A network is too large",
        "{0} has {1} floats, more than the limit of {2}; use fewer channels or features, or pool or stride earlier",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Help + "SCNN019.md", customTags: Always);

    public static readonly DiagnosticDescriptor ExceedsUnrollBudget = new(
        "SCNN020", "A network exceeds the unroll budget",
        "{0} needs {1}, more than the unroll budget of {2}; use a smaller kernel, or fewer channels or features",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Help + "SCNN020.md", customTags: Always);

    public static readonly DiagnosticDescriptor DropoutAtTheEnd = new(
        "SCNN021", "Dropout after the last layer",
        "{0} zeroes scores of classes themselves in training, the right one's too; move it before {1}, or remove it",
        Category, DiagnosticSeverity.Info, isEnabledByDefault: true, helpLinkUri: Help + "SCNN021.md");

    public static readonly DiagnosticDescriptor ReluAtTheEnd = new(
        "SCNN022", "ReLU after the last layer",
        "{0} cuts off negative scores of classes, and a class that it cut off learns nothing; remove it",
        Category, DiagnosticSeverity.Info, isEnabledByDefault: true, helpLinkUri: Help + "SCNN022.md");

    public static readonly DiagnosticDescriptor WastesLanes = new(
        "SCNN023", "A width leaves lanes of vectors empty",
        "{0} has {1} {2}, but vectors hold a multiple of them: classifying one image takes as long as with {3}",
        Category, DiagnosticSeverity.Info, isEnabledByDefault: true, helpLinkUri: Help + "SCNN023.md");

    public static readonly DiagnosticDescriptor WastesBatchLanes = new(
        "SCNN024", "A batch leaves lanes of vectors empty",
        "Vectors hold up to 16 images, so a step of {0} images takes as long as one of {1}",
        Category, DiagnosticSeverity.Info, isEnabledByDefault: true, helpLinkUri: Help + "SCNN024.md");

    public static readonly DiagnosticDescriptor SkipsPixels = new(
        "SCNN025", "A stride skips values",
        "{0}: the stride of {1} is larger than the window of {2}, so values between the windows are never used",
        Category, DiagnosticSeverity.Info, isEnabledByDefault: true, helpLinkUri: Help + "SCNN025.md");

    public static readonly DiagnosticDescriptor DoesNothing = new(
        "SCNN026", "A layer does nothing",
        "{0} changes nothing, because {1}; remove it",
        Category, DiagnosticSeverity.Info, isEnabledByDefault: true, helpLinkUri: Help + "SCNN026.md");

    public static readonly DiagnosticDescriptor NothingBetween = new(
        "SCNN027", "Two layers act as one",
        "Nothing between {0} and {1} bends their values, so together they compute no more than one linear layer could; put ReLU behind {0}",
        Category, DiagnosticSeverity.Info, isEnabledByDefault: true, helpLinkUri: Help + "SCNN027.md");

    public static readonly DiagnosticDescriptor AlgorithmIgnored = new(
        "SCNN028", "An algorithm cannot be followed",
        "{0}: Winograd's filtering needs a stride of 1, but the stride is {1}; the convolution is computed directly",
        Category, DiagnosticSeverity.Info, isEnabledByDefault: true, helpLinkUri: Help + "SCNN028.md");

    public static readonly DiagnosticDescriptor InvalidExportPrefix = new(
        "SCNN029", "A prefix of C functions is not an identifier",
        "'{0}' is no beginning of C names; use letters a to z, digits and underscores, not beginning with a digit or an underscore",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Help + "SCNN029.md", customTags: Always);

    public static readonly DiagnosticDescriptor DuplicateExportPrefix = new(
        "SCNN030", "Two networks have the same prefix of C functions",
        "The prefix '{0}' is taken by '{1}' (case is ignored); give each network a prefix of its own",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Help + "SCNN030.md", customTags: Always);

    public static readonly DiagnosticDescriptor LanguageTooOld = new(
        "SCNN031", "The version of C# is too old for a network",
        "The code of '{0}' needs C# 12 or later, and this project's LangVersion is {1}; take LangVersion out of the project, or raise it",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Help + "SCNN031.md", customTags: Always);
    public static readonly DiagnosticDescriptor UnknownName = new(
        "SCNN032", "A layer reads a value that has no such name",
        "No layer above is called '{0}'; names point upwards, and the nearest is '{1}'",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Help + "SCNN032.md", customTags: Always);

    public static readonly DiagnosticDescriptor UnreadValue = new(
        "SCNN033", "Nobody reads a layer's value",
        "Nobody reads the value of '{0}': name it in From, Add, Mul or Concat of a layer below, or remove the layer",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Help + "SCNN033.md", customTags: Always);

    public static readonly DiagnosticDescriptor ShapesDoNotJoin = new(
        "SCNN034", "Values do not join",
        "{0} takes values of {1}, but is given {2}",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Help + "SCNN034.md", customTags: Always);

    /// <summary>All of them, in the order of <see cref="Fault"/>.</summary>
    public static readonly ImmutableArray<DiagnosticDescriptor> All =
    [
        NotPartial,
        ContainerNotPartial,
        Generic,
        UnsuitableType,
        NothingToLearn,
        LayersOverSeveralParts,
        SizeOutOfRange,
        WindowLargerThanInput,
        LinearBeforeFlatten,
        ImageLayerAfterFlatten,
        DuplicateName,
        InvalidName,
        DropoutOutOfRange,
        OutputIsNotVector,
        TooFewClasses,
        PaddingTooLarge,
        InvalidTraining,
        NoCnnModel,
        TooLarge,
        ExceedsUnrollBudget,
        DropoutAtTheEnd,
        ReluAtTheEnd,
        WastesLanes,
        WastesBatchLanes,
        SkipsPixels,
        DoesNothing,
        NothingBetween,
        AlgorithmIgnored,
        InvalidExportPrefix,
        DuplicateExportPrefix,
        LanguageTooOld,
        UnknownName,
        UnreadValue,
        ShapesDoNotJoin,
    ];

    public static DiagnosticDescriptor For(Fault fault) => All[(int)fault - 1];
}
