using System.Collections.Immutable;

namespace StaticCnn.Mnist.Training;

/// <summary>Tests a network on labelled images.</summary>
internal static class Tester<TModel> where TModel : class, ICnnModel<TModel>
{
    private const int ChunkImages = 1000;

    /// <summary>Classifies all images. The result does not depend on <paramref name="threads"/>.</summary>
    public static TestResult Run(TModel model, LabeledImages images, int threads, CancellationToken cancellation = default)
    {
        int classes = TModel.ClassCount;
        var perClass = new Evaluation[classes];
        float[] pixels = new float[ChunkImages * TModel.ImageLength];
        float[] logits = new float[ChunkImages * classes];
        using var team = new WorkerTeam(threads);
        for (int start = 0; start < images.Count; start += ChunkImages)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(ChunkImages, images.Count - start);
            for (int i = 0; i < count; i++) BatchReader.ToFloats(images.Pixels(start + i), pixels.AsSpan(i * TModel.ImageLength, TModel.ImageLength));
            model.ForwardBatch(pixels.AsSpan(0, count * TModel.ImageLength), logits.AsSpan(0, count * classes), team);
            for (int i = 0; i < count; i++)
            {
                int label = images.Labels[start + i];
                perClass[label] += Judge(logits.AsSpan(i * classes, classes), label);
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
