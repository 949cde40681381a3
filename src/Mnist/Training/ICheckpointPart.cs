namespace StaticCnn.Mnist.Training;

/// <summary>What a checkpoint keeps beside what the trainer holds.</summary>
internal interface ICheckpointPart
{
    /// <summary>Its state as text.</summary>
    string Save();

    /// <summary>Takes on a state that <see cref="Save"/> returned.</summary>
    void Restore(string saved);
}
