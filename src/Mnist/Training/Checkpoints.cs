using System.Globalization;
using System.Text.Json;
using StaticCnn.Figures;

namespace StaticCnn.Mnist.Training;

/// <summary>
/// Keeps a training on disk while it runs, so that one that was killed goes on and ends in the same bits. What is random
/// (initial values, order, dropout) follows from the seed and the position, so parameters, moments and position are all of it.
/// </summary>
/// <param name="path">The file. Its name holds part of the fingerprint: another training has another file.</param>
/// <param name="every">Steps from one checkpoint to the next.</param>
/// <param name="fingerprint">What fixes the training.</param>
/// <param name="record">What is kept with the training.</param>
/// <param name="warn">Told what the user should know; the training goes on.</param>
internal sealed class Checkpoints(string path, int every, string fingerprint, ICheckpointPart record, Action<Warning, string> warn)
{
    private const string FingerprintKey = "fingerprint", ProgressKey = "progress", RecordKey = "record";
    private const string Extension = ".checkpoint.safetensors";
    private const int FingerprintDigits = 8;

    private bool _warned;

    /// <summary>Where the checkpoints of a training stand: beside its weights.</summary>
    public static string PathFor(string weights, string fingerprint) =>
        $"{Path.ChangeExtension(weights, null)}.{fingerprint[..FingerprintDigits]}{Extension}";

    /// <summary>Whether the trainer has taken as many steps as lie between two checkpoints.</summary>
    public bool IsDue(ICnnTrainer trainer) => every > 0 && trainer.StepCount % every == 0;

    /// <summary>Writes a checkpoint over the last one, whole or not at all.</summary>
    public void Save(ICnnTrainer trainer, TrainingProgress progress)
    {
        try
        {
            trainer.SaveState(path, new Dictionary<string, string>
            {
                [FingerprintKey] = fingerprint,
                [ProgressKey] = progress.ToJson(),
                [RecordKey] = record.Save(),
            });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (!_warned) warn(Warning.NoCheckpoint, $"The checkpoint {path} cannot be written ({e.Message}): the training goes on, but could not be resumed from here.");
            _warned = true;
        }
    }

    /// <summary>Puts a trainer and the record where the last checkpoint was; null, and nothing changed, where there is none.</summary>
    /// <exception cref="ProgramException">The file is damaged, or another training's; nothing has changed.</exception>
    public TrainingProgress? Load(ICnnTrainer trainer, TextWriter text)
    {
        string[] others = Others();
        if (others.Length > 0) text.WriteLine($"Checkpoints of other trainings: {string.Join(", ", others)}. The target CleanMnist removes them, too");
        if (!File.Exists(path))
        {
            text.WriteLine($"There is no checkpoint {path}: the training begins at its beginning");
            return null;
        }
        try
        {
            TrainingProgress? progress = null;
            var metadata = trainer.LoadState(path, metadata =>
            {
                if (metadata.GetValueOrDefault(FingerprintKey) != fingerprint) throw new WeightsException("it is another training's");
                progress = TrainingProgress.Parse(metadata.GetValueOrDefault(ProgressKey, ""));
                record.Restore(metadata.GetValueOrDefault(RecordKey, ""));
            });
            text.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"Resuming from {path}: epoch {progress!.Epoch}, after batch {progress.Batch}, step {trainer.StepCount}"));
            if (metadata.GetValueOrDefault(ICnnTrainer.VectorBitsKey) is { } bits && bits != VectorWidth.Bits.ToString(CultureInfo.InvariantCulture))
            {
                warn(Warning.OtherVectors,
                    $"The checkpoint {path} was computed with {bits}-bit vectors, and this process uses {VectorWidth.Bits}: the last digits of the weights will be those of neither.");
            }
            return progress;
        }
        catch (Exception e) when (e is WeightsException or JsonException or FigureException)
        {
            throw new ProgramException(
                Failure.Checkpoint, $"The checkpoint {path} cannot be used ({e.Message}). Delete it, and the training begins at its beginning.");
        }
    }

    /// <summary>Removes the checkpoint of a training that is done. One that cannot be removed does no harm.</summary>
    public void Remove()
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }

    /// <summary>The checkpoints of the same weights with another recipe, seed or data.</summary>
    private string[] Others()
    {
        string whole = Path.GetFullPath(path), folder = Path.GetDirectoryName(whole)!;
        string prefix = whole[..^(FingerprintDigits + Extension.Length)];
        if (!Directory.Exists(folder)) return [];
        return [.. Directory.EnumerateFiles(folder)
            .Where(file => file != whole && file.Length == whole.Length
                && file.StartsWith(prefix, StringComparison.Ordinal) && file.EndsWith(Extension, StringComparison.Ordinal))
            .Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
    }
}
