namespace StaticCnn;

/// <summary>One thing that was checked, and how far it was from what it should be.</summary>
/// <param name="Check">What was checked, such as <c>gradients</c>.</param>
/// <param name="Subject">The layer, parameter or memory; empty where the check concerns the whole network.</param>
/// <param name="VectorBits">The vector width whose kernels were checked.</param>
/// <param name="Worst">The worst figure seen: a relative error, or a count of what is wrong.</param>
/// <param name="Bound">The largest figure that passes.</param>
public sealed record VerificationResult(string Check, string Subject, int VectorBits, double Worst, double Bound)
{
    /// <summary>Whether the figure is within its bound; a figure that is no number is not.</summary>
    public bool Passed => Worst <= Bound;
}

/// <summary>What a verification tries the network on.</summary>
public sealed record VerificationOptions
{
    /// <summary>Seed of the parameters, the images and the dropout masks.</summary>
    public ulong Seed { get; init; }

    /// <summary>Images of a training batch: at most the declared size, which is the default where the reference can take it in seconds.</summary>
    public int? BatchSize { get; init; }

    /// <summary>Images of a short last batch; half of the batch plus one unless set.</summary>
    public int? ShortBatch { get; init; }

    /// <summary>Images of an inference batch; 37, which fills no vector's lanes evenly, unless set.</summary>
    public int Images { get; init; } = 37;
}
