using System.Runtime.InteropServices.JavaScript;
using StaticCnn.Mnist;

namespace StaticCnn.Page;

/// <summary>The trained network, for the page's scripts. Floats cross as their bytes; exceptions become errors with the same message.</summary>
internal static partial class NetworkExports
{
    private static readonly SimpleCnn s_model = SimpleCnn.Create();
    private static readonly float[] s_logits = new float[SimpleCnn.ClassCount];

    /// <summary>Its layers as JSON; see <see cref="ModelText"/>.</summary>
    [JSExport]
    internal static string Describe() => ModelText.Of<SimpleCnn>();

    /// <summary>Takes the weights that the build embedded, if it did; else they stay random.</summary>
    /// <returns>Whether there are any.</returns>
    /// <exception cref="WeightsException">They are not this network's.</exception>
    [JSExport]
    internal static bool LoadEmbedded()
    {
        var assembly = typeof(NetworkExports).Assembly;
        if (!assembly.GetManifestResourceNames().Contains($"StaticCnn/{s_model.Parameters.Model}.safetensors")) return false;
        s_model.Parameters.LoadEmbedded(assembly);
        return true;
    }

    /// <summary>Takes the weights of a safetensors file.</summary>
    /// <exception cref="WeightsException">It is none, or another network's; the weights stay as they were.</exception>
    [JSExport]
    internal static bool Load(byte[] safetensors)
    {
        s_model.Parameters.Load(safetensors);
        return true;
    }

    /// <summary>Computes one image.</summary>
    /// <param name="image">784 floats, 1 is ink.</param>
    /// <returns>What every layer computed, one after the other; the last ten are the logits.</returns>
    [JSExport]
    internal static byte[] Forward(byte[] image)
    {
        s_model.Forward(Floats.Of(image), s_logits);
        int length = 0;
        foreach (var layer in SimpleCnn.Layers) length += layer.Output.Length;
        var values = new float[length];
        int start = 0;
        for (int layer = 0; layer < SimpleCnn.Layers.Length; layer++)
        {
            int count = SimpleCnn.Layers[layer].Output.Length;
            s_model.CopyActivation(layer, values.AsSpan(start, count));
            start += count;
        }
        return Floats.ToBytes(values);
    }

    /// <summary>A parameter's values in PyTorch's layout.</summary>
    [JSExport]
    internal static byte[] Parameter(string name)
    {
        int index = s_model.Parameters.IndexOf(name);
        var values = new float[s_model.Parameters.Infos[index].Count];
        s_model.Parameters.Get(index, values);
        return Floats.ToBytes(values);
    }

    /// <summary>Changes a parameter.</summary>
    [JSExport]
    internal static void SetParameter(string name, byte[] values) =>
        s_model.Parameters.Set(s_model.Parameters.IndexOf(name), Floats.Of(values));
}
