namespace StaticCnn.Mnist;

/// <summary>What a command warns of. The value is the number of the warning's SCNN code; it continues those of <see cref="Failure"/>.</summary>
internal enum Warning
{
    /// <summary>MNIST could not be downloaded; procedural digits are used.</summary>
    ProceduralDigits = 107,

    /// <summary>A checkpoint could not be written; the training goes on.</summary>
    NoCheckpoint = 141,

    /// <summary>A training is resumed with vectors of another width.</summary>
    OtherVectors = 143,
}
