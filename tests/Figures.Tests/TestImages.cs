using StaticCnn.Figures.History;

namespace StaticCnn.Figures.Tests;

/// <summary>Images for small networks, and a training on them.</summary>
internal static class TestImages
{
    /// <summary>Images of noise, the label's index brightest in a bar; labels in turn from 0.</summary>
    public static LabeledImages Of(TensorShape shape, int classes, int count)
    {
        var random = new Random(3);
        var pixels = new byte[count * shape.Length];
        var labels = new byte[count];
        random.NextBytes(pixels);
        for (int i = 0; i < pixels.Length; i++) pixels[i] /= 4;
        for (int image = 0; image < count; image++)
        {
            labels[image] = (byte)(image % classes);
            int row = labels[image] % shape.Height;
            pixels.AsSpan(image * shape.Length + row * shape.Width, shape.Width).Fill(250);
        }
        return new LabeledImages(new IdxImages(pixels, count, shape), labels, "noise");
    }

    /// <summary>Trains a network and records it.</summary>
    public static TrainingHistory Train<TModel>(TModel model, LabeledImages images, int epochs) where TModel : class, ICnnModel<TModel>
    {
        using var trainer = TModel.CreateTrainer(model, threads: 1, seed: 1);
        int batches = images.Count / trainer.BatchSize;
        var recorder = new HistoryRecorder<TModel>(model, epochs, batches);
        var pixels = new float[trainer.BatchSize * TModel.ImageLength];
        var labels = new int[trainer.BatchSize];
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            for (int batch = 0; batch < batches; batch++)
            {
                BatchReader.Read(images, [.. Enumerable.Range(batch * trainer.BatchSize, trainer.BatchSize)], pixels, labels);
                float loss = trainer.Step(pixels, labels);
                recorder.BatchDone(loss, trainer.LastCorrect, trainer.BatchSize);
            }
            var test = trainer.Evaluate(pixels, labels);
            recorder.EpochDone(new EpochRecord(1, test.Loss, test.Accuracy, test.Loss * 0.9, test.Accuracy));
        }
        return recorder.ToHistory(new TrainingOrigin(
            TModel.ModelName, "noise", "identity", 1, "0.1.0", DateTimeOffset.UnixEpoch, 1, 256, trainer.BatchSize, 0.001f, "hash"));
    }
}
