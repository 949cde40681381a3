using StaticCnn.Generator.Declaration;

namespace StaticCnn.Generator.Network;

/// <summary>
/// Bounds on what a network may hold, so that every later product of sizes fits its type and a slip of the keyboard
/// does not ask for gigabytes. Decimal holds any product of three int exactly.
/// </summary>
internal static class SizeLimits
{
    /// <summary>Floats of one tensor: a layer's values for one image, or one parameter. 256 MB.</summary>
    public const long Tensor = 1L << 26;

    /// <summary>Floats of all parameters and all layers' values for one image together. 1 GB.</summary>
    public const long Total = 1L << 28;

    /// <summary>Whether a tensor of so many floats is allowed; if not, adds the error.</summary>
    public static bool CheckTensor(decimal floats, string what, Place place, List<DeclarationError> errors)
    {
        if (floats <= Tensor) return true;
        errors.Add(TooLarge(floats, Tensor, what, place));
        return false;
    }

    public static void CheckTotal(CnnNetwork network, List<DeclarationError> errors)
    {
        long total = network.Input.Length + network.Layers.Sum(layer => layer.Output.Length + (long)layer.Parameters.Sum(parameter => parameter.Count));
        if (total > Total) errors.Add(TooLarge(total, Total, "The network, parameters and one image's values,", Place.Model));
    }

    private static DeclarationError TooLarge(decimal floats, long limit, string what, Place place) =>
        new(Fault.TooLarge, place, what, FormattableString.Invariant($"{floats:N0}"), FormattableString.Invariant($"{limit:N0}"));
}
