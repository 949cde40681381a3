namespace StaticCnn.Images.Answers;

/// <summary>What a network says of one image.</summary>
/// <param name="File">The file's name as it was given; - is standard input.</param>
/// <param name="Index">The image's place in an IDX file, from 0; null for other files.</param>
/// <param name="Image">28x28 floats that the network saw, 1 is ink.</param>
/// <param name="Probabilities">Of each class; they add up to 1.</param>
internal sealed record Answer(string File, int? Index, float[] Image, float[] Probabilities)
{
    /// <summary>The file, with the index where there is one.</summary>
    public string Name => Index is { } index ? FormattableString.Invariant($"{File}[{index}]") : File;

    /// <summary>The most probable class, the first of equals.</summary>
    public int Label => Ranking()[0];

    /// <summary>The classes, the most probable first.</summary>
    public int[] Ranking()
    {
        int[] classes = new int[Probabilities.Length];
        for (int i = 0; i < classes.Length; i++) classes[i] = i;
        Array.Sort(classes, (a, b) => Probabilities[a] != Probabilities[b] ? Probabilities[b].CompareTo(Probabilities[a]) : a.CompareTo(b));
        return classes;
    }
}
