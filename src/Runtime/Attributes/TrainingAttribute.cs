namespace StaticCnn;

/// <summary>The training recipe of a network. Every value has PyTorch's default where PyTorch has one.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class TrainingAttribute : Attribute
{
    /// <summary>Images of one training step. The generated trainer is laid out for this number; a step may have fewer.</summary>
    public int BatchSize { get; set; } = 64;

    /// <summary>What the training makes small.</summary>
    public Loss Loss { get; set; }

    /// <summary>Passes over the training images.</summary>
    public int Epochs { get; set; } = 3;

    /// <summary>Adam's step size.</summary>
    public float LearningRate { get; set; } = 0.001f;

    /// <summary>Decay of Adam's first moment, in [0,1).</summary>
    public float Beta1 { get; set; } = 0.9f;

    /// <summary>Decay of Adam's second moment, in [0,1).</summary>
    public float Beta2 { get; set; } = 0.999f;

    /// <summary>Added to the root of Adam's second moment.</summary>
    public float Epsilon { get; set; } = 1e-8f;
}
