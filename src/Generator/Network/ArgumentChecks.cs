using StaticCnn.Generator.Declaration;

namespace StaticCnn.Generator.Network;

/// <summary>Checks the ranges of one attribute's arguments and adds what is wrong; options are named as the user writes them.</summary>
internal readonly struct ArgumentChecks(string attribute, Place place, List<DeclarationError> errors)
{
    public bool AtLeast(int minimum, string option, int value) =>
        Check(value >= minimum, option, FormattableString.Invariant($"at least {minimum}"), value, minimum);

    public bool Between(int minimum, int maximum, string option, int value) =>
        Check(value >= minimum && value <= maximum, option, FormattableString.Invariant($"{minimum} to {maximum}"), value, Math.Max(minimum, Math.Min(maximum, value)));

    /// <summary>One option for both directions is one mistake; options that differ are checked on their own.</summary>
    public bool BothAtLeast(int minimum, string option, int height, int width) =>
        height == width
            ? AtLeast(minimum, option, height)
            : AtLeast(minimum, option + "Height", height) & AtLeast(minimum, option + "Width", width);

    /// <inheritdoc cref="BothAtLeast"/>
    public bool BothBetween(int minimum, int maximum, string option, int height, int width) =>
        height == width
            ? Between(minimum, maximum, option, height)
            : Between(minimum, maximum, option + "Height", height) & Between(minimum, maximum, option + "Width", width);

    private bool Check(bool valid, string option, string expected, int found, int nearest)
    {
        if (valid) return true;
        errors.Add(new(Fault.SizeOutOfRange, place, attribute, option, expected, FormattableString.Invariant($"{found}"))
        {
            // An algorithm is a name, and which one was meant is anybody's guess.
            Remedy = option == "Algorithm" ? EquatableArray<Setting>.Empty : Setting.One(option, FormattableString.Invariant($"{nearest}")),
        });
        return false;
    }
}
