using System.Globalization;

namespace StaticCnn.Mnist.Training;

/// <summary>What a training has left behind, so that the next build knows whether to train again.</summary>
/// <param name="Fingerprint">What went into the training.</param>
/// <param name="WeightsSha256">The weights file that came out.</param>
/// <param name="Accuracy">The test accuracy it reached, in 0 to 1.</param>
internal sealed record Stamp(string Fingerprint, string WeightsSha256, double Accuracy)
{
    /// <summary>Reads a stamp; null where there is none, or it is not readable as one.</summary>
    public static Stamp? Read(string path)
    {
        if (!File.Exists(path)) return null;
        string[] lines = File.ReadAllLines(path);
        return lines.Length == 3 && double.TryParse(lines[2], NumberStyles.Float, CultureInfo.InvariantCulture, out double accuracy)
            ? new Stamp(lines[0], lines[1], accuracy)
            : null;
    }

    /// <summary>Writes the stamp, whole or not at all.</summary>
    public void Write(string path) => AtomicFile.Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(Fingerprint);
        writer.WriteLine(WeightsSha256);
        writer.WriteLine(Accuracy.ToString("R", CultureInfo.InvariantCulture));
    });
}
