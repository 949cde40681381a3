using System.Globalization;
using Samples;
using StaticCnn;

if (args.Length != 2)
{
    Console.Error.WriteLine("usage: Train <folder with the four IDX files> <weights file to write>");
    return 2;
}

try
{
    var folder = IdxFolder.Open(args[0]);
    LabeledImages train = folder.ReadTraining(), test = folder.ReadTest();
    train.CheckFits(new TensorShape(1, 28, 28), DigitCnn.ClassCount);
    test.CheckFits(new TensorShape(1, 28, 28), DigitCnn.ClassCount);

    var model = DigitCnn.Create(seed: 1);
    using var trainer = new DigitCnn.Trainer(model, threads: Environment.ProcessorCount, seed: 1);
    int[] order = new int[train.Count];
    float[] images = new float[trainer.BatchSize * DigitCnn.ImageLength];
    int[] labels = new int[trainer.BatchSize];

    for (int epoch = 0; epoch < DigitCnn.Recipe.Epochs; epoch++)
    {
        Shuffle.Fill(order, seed: 1, epoch);
        double loss = 0;
        for (int first = 0; first < order.Length; first += trainer.BatchSize)
        {
            int count = Math.Min(trainer.BatchSize, order.Length - first);
            loss += count * trainer.Step(train, order.AsSpan(first, count));
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"epoch {epoch + 1}: loss {loss / train.Count:F4}"));
    }

    var result = new Evaluation();
    for (int i = 0; i < order.Length; i++) order[i] = i;
    for (int first = 0; first < test.Count; first += trainer.BatchSize)
    {
        int count = Math.Min(trainer.BatchSize, test.Count - first);
        result += trainer.Evaluate(Batch(test, order.AsSpan(first, count)), labels.AsSpan(0, count));
    }
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"test: {result.Correct} of {result.Total} right, loss {result.Loss:F4}"));

    model.Save(args[1]);
    return 0;

    // The chosen images as floats; their labels go to the array beside it.
    ReadOnlySpan<float> Batch(LabeledImages data, ReadOnlySpan<int> indices)
    {
        BatchReader.Read(data, indices, images, labels);
        return images.AsSpan(0, indices.Length * DigitCnn.ImageLength);
    }
}
catch (Exception e) when (e is DataException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
