using System.Text.Json;
using System.Text.Json.Serialization;

namespace StaticCnn.Mnist.Training;

/// <summary>How far a training is between two batches, beside what its trainer holds. A checkpoint keeps it as JSON.</summary>
internal sealed class TrainingProgress
{
    /// <summary>The epoch in hand, from 1.</summary>
    public int Epoch { get; set; } = 1;

    /// <summary>Batches of the epoch that are done.</summary>
    public int Batch { get; set; }

    /// <summary>The losses of the epoch's images so far, each before its step.</summary>
    public double LossSum { get; set; }

    /// <summary>The epoch's images so far that were classified right, each before its step.</summary>
    public int Correct { get; set; }

    /// <summary>How long the epoch has taken so far.</summary>
    public double Seconds { get; set; }

    /// <summary>Bytes allocated in the epoch's measured batches so far.</summary>
    public long AllocatedBytes { get; set; }

    /// <summary>The epoch's batches so far whose allocations were measured.</summary>
    public int MeasuredBatches { get; set; }

    /// <summary>The epochs that are done.</summary>
    public List<EpochResult> Epochs { get; init; } = [];

    /// <summary>As JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, TrainingProgressJson.Default.TrainingProgress);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static TrainingProgress Parse(string json)
    {
        var progress = JsonSerializer.Deserialize(json, TrainingProgressJson.Default.TrainingProgress) ?? throw new JsonException("its progress is null");
        bool isSound = progress.Epoch >= 1 && progress.Batch >= 0 && progress.Epochs.Count == progress.Epoch - 1 && !progress.Epochs.Contains(null!);
        return isSound ? progress : throw new JsonException("its progress does not fit together");
    }

    /// <summary>Ends the epoch in hand.</summary>
    public void Finish(EpochResult result)
    {
        Epochs.Add(result);
        (Epoch, Batch, LossSum, Correct, Seconds, AllocatedBytes, MeasuredBatches) = (Epoch + 1, 0, 0, 0, 0, 0, 0);
    }
}

/// <summary>Serialisation that needs no reflection.</summary>
[JsonSourceGenerationOptions(RespectNullableAnnotations = true)]
[JsonSerializable(typeof(TrainingProgress))]
internal sealed partial class TrainingProgressJson : JsonSerializerContext;
