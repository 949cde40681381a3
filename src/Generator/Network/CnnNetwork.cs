namespace StaticCnn.Generator.Network;

/// <summary>
/// A declared network with every shape known: all that the plan, the kernels and the emitters read. It holds no
/// symbol and no syntax, only values that compare by content; the caching of the pipeline rests on that.
/// </summary>
internal sealed record CnnNetwork(ModelType Type, Shape Input, EquatableArray<Layer> Layers, Recipe Recipe)
{
    public int ClassCount => Layers[Layers.Count - 1].Output.Length;
}

/// <summary>The user's class, as its other part must be spelled.</summary>
/// <param name="Namespace">Its namespace, or an empty string.</param>
/// <param name="Containers">Declarations of the types around it, outermost first, such as <c>partial class Outer</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="HintName">A file name stem that is unique in the compilation.</param>
/// <param name="WeightsNames">The names that its weights may have in the assembly; the last is that of its file. See <see cref="ModelNames"/>.</param>
/// <param name="ExportPrefix">The beginning of its C functions' names; null where it has none.</param>
internal sealed record ModelType(
    string Namespace, EquatableArray<string> Containers, string Name, string HintName, EquatableArray<string> WeightsNames, string? ExportPrefix = null);

/// <summary>The declared training recipe.</summary>
internal sealed record Recipe(
    int BatchSize, int Epochs, float LearningRate, float Beta1, float Beta2, float Epsilon, int Loss = 0)
{
    public static Recipe Default { get; } = new(64, 3, 0.001f, 0.9f, 0.999f, 1e-8f);
}
