namespace StaticCnn;

/// <summary>The passes that a step of a generated program can belong to.</summary>
public enum CostPass
{
    /// <summary>Forward pass of a training shard, batch in lanes.</summary>
    Forward,

    /// <summary>Loss and backward pass of a training shard, batch in lanes.</summary>
    Backward,

    /// <summary>
    /// What a training step does once for the whole batch: spectra of kernels, the weight gradients of linear layers,
    /// gradients over the shards, and the optimizer.
    /// </summary>
    Batch,

    /// <summary>Forward pass of one image.</summary>
    Image,
}

/// <summary>The measured cost of one step of a generated program.</summary>
/// <param name="Pass">The pass that it belongs to.</param>
/// <param name="Name">Its kernel, such as <c>conv1Forward</c>.</param>
/// <param name="Layer">The layer that it computes for, or an empty string.</param>
/// <param name="Description">What it computes, and how.</param>
/// <param name="MultiplyAdds">Multiply-adds for one image that it stands for, by the direct definition.</param>
/// <param name="Microseconds">Median duration per image, on one thread.</param>
public sealed record StepCost(
    CostPass Pass, string Name, string Layer, string Description, long MultiplyAdds, double Microseconds)
{
    /// <summary>
    /// GFLOP/s of direct work (a multiply-add is 2), or null where the step stands for none. An algorithm that needs
    /// fewer multiplications than the definition can be above the processor's peak.
    /// </summary>
    public double? Gigaflops => GigaflopsOf(MultiplyAdds, Microseconds);

    internal static double? GigaflopsOf(long multiplyAdds, double microseconds) =>
        multiplyAdds > 0 && microseconds > 0 ? 2 * multiplyAdds / microseconds / 1000 : null;
}
