namespace StaticCnn.Generator.Declaration;

/// <summary>
/// A class with [CnnModel] as it is written, nothing checked but what only the compiler's symbols can tell. It holds
/// no symbol, no syntax and no source position, only values that compare by content.
/// </summary>
/// <param name="Namespace">Its namespace, or an empty string.</param>
/// <param name="Containers">Declarations of the types around it, outermost first, such as <c>partial class Outer</c>.</param>
/// <param name="Name">Its name as code spells it, with @ where it is a keyword.</param>
/// <param name="FullName">Its name with namespace and types around it, such as <c>App.Outer.Net</c>.</param>
/// <param name="Input">The arguments of [CnnModel].</param>
/// <param name="Layers">One record per layer attribute, in source order.</param>
/// <param name="Training">The values set in [Training]; all unset without that attribute.</param>
/// <param name="Errors">What is wrong with the class itself.</param>
/// <param name="ExportPrefix">The argument of [NativeExports]; null without that attribute.</param>
internal sealed record ModelDeclaration(
    string Namespace,
    EquatableArray<string> Containers,
    string Name,
    string FullName,
    InputDeclaration Input,
    EquatableArray<LayerDeclaration> Layers,
    TrainingDeclaration Training,
    EquatableArray<DeclarationError> Errors,
    string? ExportPrefix = null);

/// <summary>[CnnModel(channels, height, width)], or [CnnModel(length)].</summary>
internal sealed record InputDeclaration(int Channels, int Height, int Width, bool IsVector = false);

/// <summary>[Training]; a value that is not set is null.</summary>
internal sealed record TrainingDeclaration(
    int? BatchSize = null,
    int? Epochs = null,
    float? LearningRate = null,
    float? Beta1 = null,
    float? Beta2 = null,
    float? Epsilon = null,
    int? Loss = null);
