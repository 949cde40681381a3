using System.Reflection;
using System.Runtime.Loader;

namespace StaticCnn.Trainer;

/// <summary>
/// A user's compiled assembly with what it refers to, loaded apart from the program's own assemblies. Only the library
/// <c>StaticCnn</c> is shared: the user's network and the program must mean the same interface by it.
/// </summary>
internal sealed class UserAssembly : AssemblyLoadContext
{
    private readonly Dictionary<string, string> _references = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Prepares to load.</summary>
    /// <param name="references">A file with the path of an assembly on each line; the first of a name counts.</param>
    public UserAssembly(string? references)
    {
        if (references is null) return;
        foreach (string path in File.ReadLines(references)) _references.TryAdd(Path.GetFileNameWithoutExtension(path), path);
    }

    /// <summary>Loads an assembly, whichever machine it was compiled for.</summary>
    public Assembly LoadFile(string path) =>
        NeutralImage.Of(path) is { } image ? LoadFromStream(new MemoryStream(image)) : LoadFromAssemblyPath(path);

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName name) =>
        name.Name != "StaticCnn" && _references.TryGetValue(name.Name!, out string? path) ? LoadFile(path) : null;
}
