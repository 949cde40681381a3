using System.Reflection;

namespace StaticCnn;

/// <summary>Reads a network's parameters from a resource of its assembly, which the build embeds weights as.</summary>
internal static class EmbeddedWeights
{
    /// <summary>The name of the weights that a build embeds for the only network of an assembly without knowing what it is called.</summary>
    private const string OnlyOne = "{model}";

    /// <summary>The resource's name: <c>StaticCnn/SimpleCnn.safetensors</c> for a class called SimpleCnn.</summary>
    public static string NameOf(string weights) => $"StaticCnn/{weights}.safetensors";

    /// <summary>Reads from where the assembly is mapped into memory, straight into the store.</summary>
    public static unsafe void Read(Assembly assembly, ReadOnlySpan<string> names, ParameterStore store)
    {
        var (name, stream) = Find(assembly, names) ?? throw Missing(assembly, store.Model, NameOf(names[^1]));
        using var resource = stream;

        // Only a resource that is linked rather than embedded, which no build of ours makes, is no memory.
        if (resource is not UnmanagedMemoryStream memory) throw new WeightsException($"{Place(assembly, name)} is a file of its own; embed it.");
        if (memory.Length > int.MaxValue) throw new WeightsException($"{Place(assembly, name)}: it has {memory.Length} bytes, more than a network can have.");
        try
        {
            SafetensorsReader.Read(new ReadOnlySpan<byte>(memory.PositionPointer, (int)memory.Length), store);
        }
        catch (WeightsException e)
        {
            throw new WeightsException($"{Place(assembly, name)}: {e.Message}", e);
        }
    }

    private static (string Name, Stream Stream)? Find(Assembly assembly, ReadOnlySpan<string> names)
    {
        foreach (string each in names)
        {
            string name = NameOf(each);
            if (assembly.GetManifestResourceStream(name) is { } stream) return (name, stream);
        }
        return null;
    }

    private static WeightsException Missing(Assembly assembly, string model, string name) => new(
        $"{assembly.GetName().Name} has no embedded weights of {model} (the resource {name}). "
        + (assembly.GetManifestResourceInfo(NameOf(OnlyOne)) is null
            ? "Train the network with 'dotnet build -t:TrainMnist', then build again."
            : "The file that MnistWeights names is there, but the assembly has several networks: say with CnnModelName which one it is for."));

    private static string Place(Assembly assembly, string name) => $"The resource {name} of {assembly.GetName().Name}";
}
