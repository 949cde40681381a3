using System.Globalization;
using StaticCnn.Mnist.Training;

namespace StaticCnn.Mnist.Output;

/// <summary>
/// A training as lines of text, as the tutorial prints them: <c>Epoch 1, Batch 200, Loss: 0.3510</c> with the mean
/// loss of the last 200 batches, and a line per epoch. Formats into one buffer, so that it allocates nothing between batches.
/// </summary>
internal sealed class ProgressLines : ITrainingObserver
{
    /// <summary>Batches from one line to the next.</summary>
    public const int Interval = 200;

    private readonly TextWriter _output;
    private readonly char[] _line = new char[128];
    private int _length;
    private double _lossSum;
    private int _batches;

    public ProgressLines(TextWriter output)
    {
        _output = output;
        Format(1, Interval, 0); // The first number ever formatted allocates the invariant culture's tables: now, not in the first epoch.
    }

    /// <inheritdoc/>
    public void BatchDone(in BatchProgress progress)
    {
        _lossSum += progress.Loss;
        _batches++;
        if (progress.Batch % Interval == 0)
        {
            Format(progress.Epoch, progress.Batch, _lossSum / _batches);
            _output.Write(_line.AsSpan(0, _length));
            (_lossSum, _batches) = (0, 0);
        }
        if (progress.Batch == progress.Batches) (_lossSum, _batches) = (0, 0);
    }

    /// <inheritdoc/>
    public void EpochDone(EpochResult result) => _output.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"Epoch {result.Epoch}/{result.Epochs}: loss {result.Loss:F4}, accuracy {100 * result.Accuracy:F2} %, {result.Seconds:F1} s"));

    // Not an interpolated string: until its code is optimised, that boxes the numbers.
    private void Format(int epoch, int batch, double loss)
    {
        _length = 0;
        Append("Epoch ");
        Append(epoch);
        Append(", Batch ");
        Append(batch);
        Append(", Loss: ");
        Append(loss);
        Append("\n");
    }

    private void Append(string text)
    {
        text.CopyTo(_line.AsSpan(_length));
        _length += text.Length;
    }

    private void Append(int number)
    {
        number.TryFormat(_line.AsSpan(_length), out int written, provider: CultureInfo.InvariantCulture);
        _length += written;
    }

    private void Append(double number)
    {
        number.TryFormat(_line.AsSpan(_length), out int written, "F4", CultureInfo.InvariantCulture);
        _length += written;
    }
}
