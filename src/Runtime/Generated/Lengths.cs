namespace StaticCnn.Generated;

/// <summary>The one check of each span that comes in from outside.</summary>
internal static class Lengths
{
    public static void Require(int found, int expected, string parameter)
    {
        if (found != expected) throw new ArgumentException($"Expected {expected} values, found {found}.", parameter);
    }

    /// <summary>The number of images in a span.</summary>
    public static int Images(int found, int imageLength, string parameter)
    {
        if (found % imageLength != 0)
        {
            throw new ArgumentException($"Expected a multiple of {imageLength} values, one image each, found {found}.", parameter);
        }

        return found / imageLength;
    }
}
