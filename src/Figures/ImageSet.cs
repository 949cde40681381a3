namespace StaticCnn.Figures;

/// <summary>What figures need of labelled images.</summary>
internal static class ImageSet
{
    /// <summary>An image's pixels, [C,H,W] from 0 to 1.</summary>
    public static float[] Floats(this LabeledImages images, int image)
    {
        var floats = new float[images.Shape.Length];
        BatchReader.ToFloats(images.Pixels(image), floats);
        return floats;
    }

    /// <summary>The digit that is shown unless one is named: a 7, where there is one, with strokes in three directions and nothing round that would hide them.</summary>
    public static int FavouriteDigit(this LabeledImages images) => images.Labels.Contains((byte)7) ? 7 : images.Labels[0];

    /// <summary>The first image with a label.</summary>
    /// <exception cref="FigureException">There is none.</exception>
    public static int FirstOf(this LabeledImages images, int label)
    {
        int image = label is >= 0 and <= byte.MaxValue ? Array.IndexOf(images.Labels, (byte)label) : -1;
        if (image >= 0) return image;
        throw new FigureException(
            FigureProblem.Digit,
            FormattableString.Invariant($"No image of {images.Source} shows digit {label}; its digits are {string.Join(", ", images.Labels.Distinct().Order())}."));
    }
}
