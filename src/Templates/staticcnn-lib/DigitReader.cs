namespace Template._1;

/// <summary>Reads handwritten digits. One instance serves one caller at a time.</summary>
public sealed class DigitReader
{
    private readonly DigitCnn _model = DigitCnn.LoadEmbedded();
    private readonly float[] _logits = new float[DigitCnn.ClassCount];

    /// <summary>Reads one digit.</summary>
    /// <param name="image">28x28 pixels row by row, 0 for the background to 1 for ink.</param>
    /// <returns>The digit, and how sure the network is of it, from 0 to 1.</returns>
    public (int Digit, float Probability) Read(ReadOnlySpan<float> image)
    {
        _model.Forward(image, _logits);
        int digit = 0;
        for (int i = 1; i < _logits.Length; i++)
        {
            if (_logits[i] > _logits[digit]) digit = i;
        }
        float sum = 0;
        foreach (float logit in _logits) sum += MathF.Exp(logit - _logits[digit]);
        return (digit, 1 / sum);
    }
}
