using StaticCnn.Reference;

namespace StaticCnn.Verification;

/// <summary>What the reference computes for the images that a network is verified on.</summary>
internal sealed class Expectation<TModel> where TModel : class, ICnnModel<TModel>
{
    /// <summary>Multiply-adds of a batch that the reference does in seconds.</summary>
    private const long MostMultiplyAdds = 1_000_000_000;

    /// <exception cref="NoSteadyImageException">No images can be drawn.</exception>
    public Expectation(VerificationOptions options)
    {
        Seed = options.Seed;
        Start = TModel.Create(options.Seed).Parameters;
        Layers = TModel.Layers.ToArray();
        long work = Math.Max(1, Layers.Sum(layer => layer.MultiplyAdds));
        int batch = options.BatchSize ?? (int)Math.Clamp(MostMultiplyAdds / work, 1, TModel.Recipe.BatchSize);
        Count = Math.Max(batch, options.Images);
        (Images, Labels) = new SteadyImages(Layers, Start, Seed).Draw(Count);
        var reference = new ReferenceNetwork(Layers, Start);
        InferenceImages = options.Images;
        Outputs = [.. Enumerable.Range(0, Count).Select(i => reference.Forward(Images.AsSpan(i * TModel.ImageLength, TModel.ImageLength)))];
        Batches = [.. new[] { batch, Math.Min(batch, options.ShortBatch ?? batch / 2 + 1) }
            .Select(count => new ExpectedBatch(reference, Images[..(count * TModel.ImageLength)], Labels[..count], Seed))];
    }

    public ulong Seed { get; }

    /// <summary>The initial parameters.</summary>
    public ParameterStore Start { get; }

    public LayerInfo[] Layers { get; }

    public int Count { get; }

    public float[] Images { get; }

    public int[] Labels { get; }

    /// <summary>Images of an inference batch.</summary>
    public int InferenceImages { get; }

    /// <summary>Each image's output of each layer.</summary>
    public float[][][] Outputs { get; }

    /// <summary>A batch and a shorter one.</summary>
    public ExpectedBatch[] Batches { get; }
}

/// <summary>A training batch with the reference's loss and gradients, without dropout and with the masks of the first step.</summary>
internal sealed class ExpectedBatch(ReferenceNetwork reference, float[] images, int[] labels, ulong seed)
{
    public float[] Images { get; } = images;

    public int[] Labels { get; } = labels;

    public double Loss { get; } = reference.Loss(images, labels);

    public float[][] Gradients { get; } = reference.Gradients(images, labels);

    public double LossWithDropout { get; } = reference.Loss(images, labels, new DropoutDraw(seed, 0));

    public float[][] GradientsWithDropout { get; } = reference.Gradients(images, labels, new DropoutDraw(seed, 0));
}
