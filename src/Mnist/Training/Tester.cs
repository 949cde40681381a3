using System.Collections.Immutable;

namespace StaticCnn.Mnist.Training;

/// <summary>Tests a network on labelled images, as often as one likes with the same memory.</summary>
/// <param name="images">The images.</param>
/// <param name="threads">Threads that compute, the caller's included. The result does not depend on it.</param>
internal sealed class Tester<TModel>(LabeledImages images, int threads) : IDisposable where TModel : class, ICnnModel<TModel>
{
    private const int ChunkImages = 1000;

    private readonly float[] _pixels = new float[ChunkImages * TModel.ImageLength];
    private readonly float[] _logits = new float[ChunkImages * TModel.ClassCount];
    private readonly WorkerTeam _team = new(threads);

    /// <inheritdoc/>
    public void Dispose() => _team.Dispose();

    /// <summary>Classifies all images.</summary>
    public TestResult Run(TModel model, CancellationToken cancellation = default)
    {
        int classes = TModel.ClassCount;
        var perClass = new Evaluation[classes];
        for (int start = 0; start < images.Count; start += ChunkImages)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(ChunkImages, images.Count - start);
            for (int i = 0; i < count; i++) BatchReader.ToFloats(images.Pixels(start + i), _pixels.AsSpan(i * TModel.ImageLength, TModel.ImageLength));
            model.ForwardBatch(_pixels.AsSpan(0, count * TModel.ImageLength), _logits.AsSpan(0, count * classes), _team);
            for (int i = 0; i < count; i++)
            {
                int label = images.Labels[start + i];
                perClass[label] += Judge(_logits.AsSpan(i * classes, classes), label);
            }
        }
        return new TestResult([.. perClass]);
    }

    /// <summary>Cross-entropy and hit of one image; of equal logits the first is the answer.</summary>
    private static Evaluation Judge(ReadOnlySpan<float> logits, int label)
    {
        int best = 0;
        for (int i = 1; i < logits.Length; i++)
        {
            if (logits[i] > logits[best]) best = i;
        }
        double sum = 0;
        foreach (float logit in logits) sum += Math.Exp((double)logit - logits[best]);
        return new Evaluation(logits[best] + Math.Log(sum) - logits[label], best == label ? 1 : 0, 1);
    }
}

/// <summary>The outcome of a test.</summary>
/// <param name="PerClass">The outcome on the images of each label.</param>
internal sealed record TestResult(ImmutableArray<Evaluation> PerClass)
{
    /// <summary>The outcome on all images.</summary>
    public Evaluation Overall { get; } = PerClass.Aggregate((left, right) => left + right);
}
