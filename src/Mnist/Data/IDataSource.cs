namespace StaticCnn.Mnist.Data;

/// <summary>Images to train and to test with, and what they are.</summary>
internal interface IDataSource
{
    /// <summary>What reports and weights call the data.</summary>
    string Label { get; }

    /// <summary>SHA-256 in lower-case hexadecimal: other data, other identity.</summary>
    string Identity { get; }

    /// <summary>The folder with the files; null where there are none.</summary>
    string? Folder { get; }

    /// <summary>Reads or draws the training images.</summary>
    /// <param name="threads">Threads that may work; the images do not depend on it.</param>
    /// <exception cref="DataException">A file is missing or damaged.</exception>
    LabeledImages LoadTraining(int threads);

    /// <summary>Reads or draws the test images.</summary>
    /// <inheritdoc cref="LoadTraining"/>
    LabeledImages LoadTest(int threads);
}
