using System.Globalization;
using System.Text.Json;
using StaticCnn.Figures;

namespace StaticCnn.Mnist.Training;

/// <summary>
/// Keeps a training on disk while it runs, so that one that was killed goes on and ends in the same bits. What is random
/// (initial values, order, dropout) follows from the seed and the position, so parameters, moments and position are all of it.
/// </summary>
/// <param name="Path">The file. Its name holds part of the fingerprint: another training has another file.</param>
/// <param name="Every">Steps from one checkpoint to the next.</param>
/// <param name="Fingerprint">What fixes the training.</param>
/// <param name="Warn">Told once, when a checkpoint cannot be written; the training goes on.</param>
internal sealed record Checkpoints(string Path, int Every, string Fingerprint, Action<string> Warn)
{
    private const string FingerprintKey = "fingerprint", ProgressKey = "progress", VectorBitsKey = "vectorBits", RecordKey = "record";

    private bool _warned;

    /// <summary>What is kept with the training; null keeps nothing more.</summary>
    public ICheckpointPart? Record { get; init; }

    /// <summary>Where the checkpoints of a training stand: beside its weights.</summary>
    public static string PathFor(string weights, string fingerprint) =>
        $"{System.IO.Path.ChangeExtension(weights, null)}.{fingerprint[..8]}.checkpoint.safetensors";

    /// <summary>Whether the trainer has taken as many steps as lie between two checkpoints.</summary>
    public bool IsDue(ICnnTrainer trainer) => Every > 0 && trainer.StepCount % Every == 0;

    /// <summary>Writes a checkpoint over the last one, whole or not at all.</summary>
    public void Save(ICnnTrainer trainer, TrainingProgress progress)
    {
        try
        {
            var metadata = new Dictionary<string, string>
            {
                [FingerprintKey] = Fingerprint,
                [ProgressKey] = JsonSerializer.Serialize(progress, TrainingProgressJson.Default.TrainingProgress),
                [VectorBitsKey] = VectorWidth.Bits.ToString(CultureInfo.InvariantCulture),
            };
            if (Record is not null) metadata[RecordKey] = Record.Save();
            trainer.SaveState(Path, metadata);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (!_warned) Warn($"The checkpoint {Path} cannot be written ({e.Message}): the training goes on, but could not be resumed from here.");
            _warned = true;
        }
    }

    /// <summary>Puts a trainer where the last checkpoint was; null, and nothing changed, where there is none.</summary>
    /// <exception cref="ProgramException">The file is damaged, or another training's.</exception>
    public TrainingProgress? Load(ICnnTrainer trainer, TextWriter text)
    {
        if (!File.Exists(Path))
        {
            text.WriteLine($"There is no checkpoint {Path}: the training begins at its beginning");
            return null;
        }
        try
        {
            var metadata = trainer.LoadState(Path);
            if (metadata.GetValueOrDefault(FingerprintKey) != Fingerprint) throw new WeightsException("it is another training's");
            var progress = JsonSerializer.Deserialize(metadata.GetValueOrDefault(ProgressKey, ""), TrainingProgressJson.Default.TrainingProgress)!;
            Record?.Restore(metadata.GetValueOrDefault(RecordKey, ""));
            text.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"Resuming from {Path}: epoch {progress.Epoch}, after batch {progress.Batch}, step {trainer.StepCount}"));
            if (metadata.GetValueOrDefault(VectorBitsKey) is { } bits && bits != VectorWidth.Bits.ToString(CultureInfo.InvariantCulture))
            {
                text.WriteLine($"It was computed with {bits}-bit vectors, and this process uses {VectorWidth.Bits}: the last digits of the weights may differ");
            }
            return progress;
        }
        catch (Exception e) when (e is WeightsException or JsonException or FigureException)
        {
            throw new ProgramException(
                Failure.Checkpoint, $"The checkpoint {Path} cannot be used ({e.Message}). Delete it, or train without --resume.");
        }
    }

    /// <summary>Removes the checkpoint of a training that is done. One that cannot be removed does no harm.</summary>
    public void Remove()
    {
        try
        {
            File.Delete(Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }
}
