using System.Security.Cryptography;

namespace StaticCnn.Mnist.Training;

/// <summary>Trained weights as a file.</summary>
internal static class WeightsFile<TModel> where TModel : class, ICnnModel<TModel>
{
    /// <summary>Reads a network with the weights of a file.</summary>
    /// <exception cref="ProgramException">There is no such file.</exception>
    /// <exception cref="WeightsException">It does not hold this network's weights.</exception>
    public static TModel Load(string path)
    {
        if (File.Exists(path)) return TModel.Load(path);
        throw new ProgramException(
            Failure.Weights, $"There is no weights file {path}. Write one with 'mnist train', or name another with --weights.");
    }

    /// <summary>Whether a file holds weights that fit this network.</summary>
    public static bool IsUsable(string path)
    {
        try
        {
            _ = TModel.Load(path);
            return true;
        }
        catch (WeightsException)
        {
            return false;
        }
    }

    /// <summary>A file's SHA-256 in lower-case hexadecimal.</summary>
    public static string HashOf(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
