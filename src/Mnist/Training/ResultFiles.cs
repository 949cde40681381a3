using StaticCnn.Figures.History;

namespace StaticCnn.Mnist.Training;

/// <summary>The files that a training leaves, looked at before it begins: it must not end with nowhere to put its result.</summary>
internal static class ResultFiles<TModel> where TModel : class, ICnnModel<TModel>
{
    /// <summary>Checks that they can be written, and that nothing is lost by it.</summary>
    /// <param name="weights">The weights file, which has the history beside it.</param>
    /// <param name="stampFile">The stamp; null where none is kept.</param>
    /// <exception cref="ProgramException">One cannot be written, or the weights came from elsewhere.</exception>
    public static void Check(string weights, string? stampFile)
    {
        EnsureWritable(weights, Failure.Weights, "The weights", "Name another file with --weights.");
        EnsureWritable(
            TrainingHistory.FileOf(weights), Failure.File, "The training's history", "Make room for it, or name other weights with --weights: it stands beside them.");
        if (stampFile is null) return;
        EnsureWritable(stampFile, Failure.File, "The stamp", "Make room for it, or name another file with --if-changed.");
        EnsureReplaceable(weights, stampFile);
    }

    private static void EnsureWritable(string file, Failure failure, string what, string remedy)
    {
        try
        {
            if (Directory.Exists(file)) throw new IOException("it is a folder");
            string folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
            Directory.CreateDirectory(folder);
            string trial = Path.Combine(folder, $".{Guid.NewGuid():N}.tmp");
            new FileStream(trial, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ProgramException(failure, $"{what} cannot be written to {file} ({e.Message}). {remedy}");
        }
    }

    /// <summary>Weights that are not those of the stamp came from elsewhere: they cannot be trained again, and a build should not lose them.</summary>
    private static void EnsureReplaceable(string weights, string stampFile)
    {
        if (!File.Exists(weights)) return;
        var stamp = Stamp.Read(stampFile);
        if (stamp is not null && (stamp.WeightsSha256 == WeightsFile<TModel>.HashOf(weights) || !WeightsFile<TModel>.IsUsable(weights))) return;
        string reason = stamp is null ? "is missing" : "describes other weights";
        throw new ProgramException(
            Failure.OtherWeights,
            $"{weights} was not trained here: the stamp {stampFile} {reason}. A training would replace it. To keep it, train to another file " +
            "(MnistWeights, --weights) or build without TrainOnBuild; to train here, move or delete it.");
    }
}
