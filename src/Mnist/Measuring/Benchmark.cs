using System.Diagnostics;
using StaticCnn.Mnist.Training;

namespace StaticCnn.Mnist.Measuring;

/// <summary>Measures a network on this machine: one image, a batch, and a whole epoch of training.</summary>
internal static class Benchmark<TModel> where TModel : class, ICnnModel<TModel>
{
    /// <summary>Images of the measured batch.</summary>
    public const int BatchSize = 64;

    /// <summary>Multiply-adds of a training step for one image, by the direct definition: forward pass, weight gradients, input gradients.</summary>
    public static long TrainingMultiplyAdds
    {
        get
        {
            long sum = 0, first = 0;
            foreach (var layer in TModel.Layers)
            {
                if (first == 0) first = layer.MultiplyAdds; // Nobody needs the gradient of the images.
                sum += 3 * layer.MultiplyAdds;
            }

            return sum - first;
        }
    }

    /// <summary>Multiply-adds of a forward pass for one image, by the direct definition.</summary>
    public static long MultiplyAdds
    {
        get
        {
            long sum = 0;
            foreach (var layer in TModel.Layers) sum += layer.MultiplyAdds;
            return sum;
        }
    }

    /// <summary>The forward pass of one image, on one thread whatever the number of threads.</summary>
    /// <returns>The microseconds of each of <paramref name="repeats"/> passes, in ascending order.</returns>
    public static double[] OneImage(LabeledImages images, int repeats, CancellationToken cancellation)
    {
        var model = TModel.Create();
        var logits = new float[TModel.ClassCount];
        var pixels = Pixels(images, Math.Min(BatchSize, images.Count));
        return Repeat(repeats, i => model.Forward(pixels.AsSpan(i % (pixels.Length / TModel.ImageLength) * TModel.ImageLength, TModel.ImageLength), logits), cancellation);
    }

    /// <summary>The forward pass of a batch of <see cref="BatchSize"/> images.</summary>
    /// <returns>The microseconds of each of <paramref name="repeats"/> passes, in ascending order.</returns>
    public static double[] Batch(LabeledImages images, int threads, int repeats, CancellationToken cancellation)
    {
        var model = TModel.Create();
        var logits = new float[BatchSize * TModel.ClassCount];
        var pixels = Pixels(images, BatchSize);
        using var team = new WorkerTeam(threads);
        return Repeat(repeats, _ => model.ForwardBatch(pixels, logits, team), cancellation);
    }

    /// <summary>An epoch of training as <c>mnist train</c> runs it: shuffling, batches from bytes, steps, losses and hits.</summary>
    /// <returns>Seconds of the epoch; one tenth of an epoch before it warms up.</returns>
    public static double Epoch(LabeledImages images, int threads, CancellationToken cancellation)
    {
        var recipe = TModel.Recipe;
        using (var warmUp = new Trainer<TModel>(TModel.Create(), Take(images, Math.Max(1, images.Count / 10)), threads, 0, recipe.LearningRate))
        {
            warmUp.Run(1, new Silence(), cancellation: cancellation);
        }

        using var trainer = new Trainer<TModel>(TModel.Create(), images, threads, 0, recipe.LearningRate);
        return trainer.Run(1, new Silence(), cancellation: cancellation)[0].Seconds;
    }

    private static double[] Repeat(int repeats, Action<int> pass, CancellationToken cancellation)
    {
        var microseconds = new double[repeats];
        for (int i = -Math.Max(10, repeats / 5); i < repeats; i++)
        {
            if (i % 256 == 0) cancellation.ThrowIfCancellationRequested();
            long start = Stopwatch.GetTimestamp();
            pass(Math.Abs(i));
            if (i >= 0) microseconds[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }

        Array.Sort(microseconds);
        return microseconds;
    }

    /// <summary>The first images as floats, from the start again where there are fewer.</summary>
    private static float[] Pixels(LabeledImages images, int count)
    {
        var pixels = new float[count * TModel.ImageLength];
        for (int i = 0; i < count; i++)
            BatchReader.ToFloats(images.Pixels(i % images.Count), pixels.AsSpan(i * TModel.ImageLength, TModel.ImageLength));
        return pixels;
    }

    private static LabeledImages Take(LabeledImages images, int count) => new(
        new IdxImages(images.Images.Pixels[..(count * TModel.ImageLength)], count, images.Shape), images.Labels[..count], images.Source);

    /// <summary>Displays nothing.</summary>
    private sealed class Silence : ITrainingObserver
    {
        public void BatchDone(in BatchProgress progress)
        {
        }

        public void EpochDone(EpochResult result)
        {
        }
    }
}
