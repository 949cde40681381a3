namespace StaticCnn;

/// <summary>A network's training recipe, as <see cref="TrainingAttribute"/> declares it.</summary>
/// <param name="BatchSize">Images of one step.</param>
/// <param name="Epochs">Passes over the training images.</param>
/// <param name="LearningRate">Adam's step size.</param>
/// <param name="Beta1">Decay of Adam's first moment.</param>
/// <param name="Beta2">Decay of Adam's second moment.</param>
/// <param name="Epsilon">Added to the root of Adam's second moment.</param>
public sealed record TrainingRecipe(
    int BatchSize, int Epochs, float LearningRate, float Beta1, float Beta2, float Epsilon)
{
    /// <summary>What the training makes small.</summary>
    public Loss Loss { get; init; }
}
