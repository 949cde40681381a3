using System.Collections.Immutable;

namespace StaticCnn.Figures;

/// <summary>A network's answers to labelled images.</summary>
/// <param name="Images">The images.</param>
/// <param name="Answers">The answer to each of them.</param>
/// <param name="ClassCount">Classes that there are.</param>
public sealed record Predictions(LabeledImages Images, ImmutableArray<Answer> Answers, int ClassCount)
{
    private const int ChunkImages = 1000;

    /// <summary>Asks a network about every image. The answers do not depend on <paramref name="threads"/>.</summary>
    public static Predictions Of<TModel>(TModel model, LabeledImages images, int threads, CancellationToken cancellation = default)
        where TModel : class, ICnnModel<TModel>
    {
        images.CheckFits(TModel.InputShape, TModel.ClassCount);
        int classes = TModel.ClassCount;
        var answers = ImmutableArray.CreateBuilder<Answer>(images.Count);
        var pixels = new float[ChunkImages * TModel.ImageLength];
        var logits = new float[ChunkImages * classes];
        using var team = new WorkerTeam(threads);
        for (int start = 0; start < images.Count; start += ChunkImages)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(ChunkImages, images.Count - start);
            for (int i = 0; i < count; i++) BatchReader.ToFloats(images.Pixels(start + i), pixels.AsSpan(i * TModel.ImageLength, TModel.ImageLength));
            model.ForwardBatch(pixels.AsSpan(0, count * TModel.ImageLength), logits.AsSpan(0, count * classes), team);
            for (int i = 0; i < count; i++)
            {
                var probabilities = Softmax(logits.AsSpan(i * classes, classes));
                int best = probabilities.AsSpan().IndexOf(probabilities.Max());
                answers.Add(new Answer(start + i, images.Labels[start + i], best, probabilities[best]));
            }
        }
        return new Predictions(images, answers.MoveToImmutable(), classes);
    }

    /// <summary>The wrong answers, the surest first.</summary>
    public ImmutableArray<Answer> Mistakes() =>
        [.. Answers.Where(answer => !answer.IsRight).OrderByDescending(answer => answer.Probability).ThenBy(answer => answer.Image)];

    /// <summary>Right answers among all, in 0 to 1.</summary>
    public double Accuracy => (double)Answers.Count(answer => answer.IsRight) / Math.Max(1, Answers.Length);

    /// <summary>Images by label (rows) and answer (columns).</summary>
    public int[,] Confusion()
    {
        var counts = new int[ClassCount, ClassCount];
        foreach (var answer in Answers) counts[answer.Label, answer.Class]++;
        return counts;
    }

    /// <summary>The exponential of each logit as a part of their sum.</summary>
    public static float[] Softmax(ReadOnlySpan<float> logits)
    {
        float largest = float.NegativeInfinity;
        foreach (float logit in logits) largest = MathF.Max(largest, logit);
        var powers = new double[logits.Length];
        double sum = 0;
        for (int i = 0; i < powers.Length; i++) sum += powers[i] = Math.Exp((double)logits[i] - largest);
        return Array.ConvertAll(powers, power => (float)(power / sum));
    }
}

/// <summary>A network's answer to one image.</summary>
/// <param name="Image">The image's index.</param>
/// <param name="Label">What it shows.</param>
/// <param name="Class">What the network takes it for.</param>
/// <param name="Probability">The probability that the network gives to that, in 0 to 1.</param>
public readonly record struct Answer(int Image, int Label, int Class, float Probability)
{
    /// <summary>Whether the network is right.</summary>
    public bool IsRight => Label == Class;
}
