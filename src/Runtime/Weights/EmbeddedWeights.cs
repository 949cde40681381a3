using System.Reflection;

namespace StaticCnn;

/// <summary>Reads a network's parameters from a resource of its assembly, which the build embeds weights as.</summary>
internal static class EmbeddedWeights
{
    /// <summary>The resource's name: <c>StaticCnn/SimpleCnn.safetensors</c> for a class called SimpleCnn.</summary>
    public static string NameOf(string model) => $"StaticCnn/{model}.safetensors";

    /// <summary>Reads from where the assembly is mapped into memory, straight into the store.</summary>
    public static unsafe void Read(Assembly assembly, ParameterStore store)
    {
        string name = NameOf(store.Model);
        using var resource = assembly.GetManifestResourceStream(name) ?? throw Missing(assembly, store.Model, name);

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

    private static WeightsException Missing(Assembly assembly, string model, string name) => new(
        $"{assembly.GetName().Name} has no embedded weights of {model} (the resource {name}). "
        + "Train the network with 'dotnet build -t:TrainMnist', then build again.");

    private static string Place(Assembly assembly, string name) => $"The resource {name} of {assembly.GetName().Name}";
}
