namespace StaticCnn;

/// <summary>
/// Trains one network in place: forward pass, backward pass and Adam for one batch at a time. After construction
/// nothing here allocates, but for <see cref="Gradients(ReadOnlySpan{float}, ReadOnlySpan{int})"/>. The result is the same bit for bit for any number of threads.
/// After <see cref="IDisposable.Dispose"/> the methods throw <see cref="ObjectDisposedException"/>; the model stays usable.
/// </summary>
public interface ICnnTrainer : IDisposable
{
    /// <summary>Threads that compute, the caller's included.</summary>
    int Threads { get; }

    /// <summary>The most images that one <see cref="Step(ReadOnlySpan{float}, ReadOnlySpan{int})"/> takes.</summary>
    int BatchSize { get; }

    /// <summary>Adam's step size, finite and not negative; may be changed between steps.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is set to something else.</exception>
    float LearningRate { get; set; }

    /// <summary>Whether dropout layers drop in <see cref="Step(ReadOnlySpan{float}, ReadOnlySpan{int})"/> and <see cref="Gradients(ReadOnlySpan{float}, ReadOnlySpan{int})"/>; true unless set.</summary>
    bool DropoutEnabled { get; set; }

    /// <summary>Steps taken so far.</summary>
    long StepCount { get; }

    /// <summary>Images of the last <see cref="Step(ReadOnlySpan{float}, ReadOnlySpan{int})"/> whose largest logit was their label's.</summary>
    int LastCorrect { get; }

    /// <summary>One optimizer step.</summary>
    /// <param name="images">[n,C,H,W] with n from 1 to <see cref="BatchSize"/>.</param>
    /// <param name="labels">n class indices.</param>
    /// <returns>
    /// The mean cross-entropy over the n images, before the step. Where it is not finite no step is taken: parameters,
    /// moments and <see cref="StepCount"/> stay as they are.
    /// </returns>
    /// <exception cref="ArgumentException">The lengths do not fit, or a label is no class.</exception>
    /// <exception cref="InvalidOperationException">Another call on the trainer, or on its model, has not ended.</exception>
    float Step(ReadOnlySpan<float> images, ReadOnlySpan<int> labels);

    /// <summary>
    /// One optimizer step on images chosen from bytes: what <see cref="BatchReader"/> and the other
    /// <see cref="Step(ReadOnlySpan{float}, ReadOnlySpan{int})"/> do together, to the same bits; each thread reads its own images.
    /// </summary>
    /// <param name="data">The images to choose from, of the network's shape.</param>
    /// <param name="indices">The batch's images, 1 to <see cref="BatchSize"/> of them, such as a slice of an epoch's order.</param>
    /// <returns>The mean cross-entropy over the images, before the step.</returns>
    /// <exception cref="ArgumentException">The images have another shape, there are too few or too many indices, or a label is no class.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index is no image's.</exception>
    float Step(LabeledImages data, ReadOnlySpan<int> indices);

    /// <summary>One optimizer step by the mean squared error, of a network that is declared for it.</summary>
    /// <param name="images">[n,C,H,W] with n from 1 to <see cref="BatchSize"/>.</param>
    /// <param name="targets">[n,outputs].</param>
    /// <returns>The mean over images and outputs of the squared differences, before the step.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    /// <exception cref="InvalidOperationException">The network is trained on labels.</exception>
    float Step(ReadOnlySpan<float> images, ReadOnlySpan<float> targets) =>
        throw new InvalidOperationException("This network is trained on labels.");

    /// <summary>The gradient of the mean squared error with respect to every parameter; see <see cref="Gradients(ReadOnlySpan{float}, ReadOnlySpan{int})"/>.</summary>
    /// <param name="images">[n,C,H,W] with n from 1 to <see cref="BatchSize"/>.</param>
    /// <param name="targets">[n,outputs].</param>
    /// <returns>One array per parameter, in the parameters' order and PyTorch's layout.</returns>
    float[][] Gradients(ReadOnlySpan<float> images, ReadOnlySpan<float> targets) =>
        throw new InvalidOperationException("This network is trained on labels.");

    /// <summary>Loss and hits of any number of images, without dropout and without a step.</summary>
    /// <param name="images">[n,C,H,W].</param>
    /// <param name="labels">n class indices.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or a label is no class.</exception>
    Evaluation Evaluate(ReadOnlySpan<float> images, ReadOnlySpan<int> labels);

    /// <summary>
    /// The gradient of the mean cross-entropy with respect to every parameter, computed by the kernels of
    /// <see cref="Step(ReadOnlySpan{float}, ReadOnlySpan{int})"/>; parameters and moments stay as they are. For inspection and tests: it allocates.
    /// </summary>
    /// <param name="images">[n,C,H,W] with n from 1 to <see cref="BatchSize"/>.</param>
    /// <param name="labels">n class indices.</param>
    /// <returns>One array per parameter, in the parameters' order and PyTorch's layout.</returns>
    float[][] Gradients(ReadOnlySpan<float> images, ReadOnlySpan<int> labels);

    /// <summary>
    /// Writes what the training needs to go on as if it had not stopped, to a temporary file that then replaces
    /// <paramref name="path"/>: parameters, Adam's moments as <c>conv1.weight.exp_avg</c> and
    /// <c>conv1.weight.exp_avg_sq</c>, and in the metadata the step, the vector width and a checksum. Dropout masks need nothing: they
    /// follow from seed and step.
    /// </summary>
    /// <param name="path">The safetensors file.</param>
    /// <param name="metadata">Entries of the file's metadata, which <see cref="LoadState"/> returns.</param>
    /// <exception cref="ArgumentException">An entry has a name that is the writer's.</exception>
    /// <exception cref="IOException">The file cannot be written; an old file stays as it was.</exception>
    void SaveState(string path, IReadOnlyDictionary<string, string>? metadata = null);

    /// <summary>
    /// Reads what <see cref="SaveState"/> wrote; where it fails, nothing has changed. A training that goes on at another vector width than
    /// <see cref="VectorBitsKey"/> tells may end in other last digits than one that was not interrupted, at either width.
    /// </summary>
    /// <param name="path">The safetensors file.</param>
    /// <param name="accept">Is given the metadata of a sound file before anything changes; what it throws leaves everything as it is.</param>
    /// <returns>The file's metadata.</returns>
    /// <exception cref="WeightsException">The file is not safetensors, is damaged, or holds another network's state.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    IReadOnlyDictionary<string, string> LoadState(string path, Action<IReadOnlyDictionary<string, string>>? accept = null);

    /// <summary>The entry of a state's metadata that tells the bits of the vectors that it was computed with.</summary>
    const string VectorBitsKey = "vectorBits";
}

/// <summary>The outcome of an evaluation.</summary>
/// <param name="LossSum">Sum of the cross-entropies of the images.</param>
/// <param name="Correct">Images whose largest logit was their label's.</param>
/// <param name="Total">Images evaluated.</param>
public readonly record struct Evaluation(double LossSum, int Correct, int Total)
{
    /// <summary>Mean cross-entropy, or 0 without images.</summary>
    public double Loss => Total == 0 ? 0 : LossSum / Total;

    /// <summary>Correct images in 0 to 1, or 0 without images.</summary>
    public double Accuracy => Total == 0 ? 0 : (double)Correct / Total;

    /// <summary>The outcome of two evaluations together.</summary>
    public static Evaluation operator +(Evaluation left, Evaluation right) =>
        new(left.LossSum + right.LossSum, left.Correct + right.Correct, left.Total + right.Total);
}
