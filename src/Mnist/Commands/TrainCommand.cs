using System.CommandLine;
using System.Globalization;
using StaticCnn.Figures.History;
using StaticCnn.Mnist.Data;
using StaticCnn.Mnist.Output;
using StaticCnn.Mnist.Training;

namespace StaticCnn.Mnist.Commands;

/// <summary><c>mnist train</c>: trains the network, tests it and writes its weights.</summary>
internal static class TrainCommand<TModel> where TModel : class, ICnnModel<TModel>
{
    public static Command Create(SharedOptions shared, Host host)
    {
        var recipe = new RecipeOptions(TModel.Recipe);
        var minAccuracy = new Option<double>("--min-accuracy")
        {
            Description = "Fail, and leave the weights file as it is, when the test accuracy stays below this (0.98 is 98 %).",
            HelpName = "X",
            CustomParser = argument => SharedOptions.Parse<double>(argument, "a number from 0 to 1", x => x is >= 0 and <= 1),
        };
        var stamp = new Option<string?>("--if-changed")
        {
            Description = "Train only if the network, recipe, seed, data or version differ from those noted in this file; note them there.",
            HelpName = "FILE",
            CustomParser = SharedOptions.ParsePath,
        };
        var every = new Option<int>("--checkpoint-every")
        {
            Description = "Keep the training on disk every N steps, beside the weights; removed when the training is done. Default: never.",
            HelpName = "N",
            CustomParser = argument => SharedOptions.Parse<int>(argument, "a number of steps from 1 on", steps => steps >= 1),
        };
        var resume = new Option<bool>("--resume")
        {
            Description = "Go on from the last checkpoint of this training, if there is one; the weights become the same as without the break.",
        };
        var artifacts = new Option<string?>("--artifacts")
        {
            Description = "Write figures and a report of the trained network into this folder.",
            HelpName = "DIR",
            CustomParser = SharedOptions.ParsePath,
        };
        var command = new Command("train", "Train the network, test it and write its weights.");
        recipe.AddTo(command);
        command.Options.Add(minAccuracy);
        command.Options.Add(stamp);
        command.Options.Add(every);
        command.Options.Add(resume);
        command.Options.Add(artifacts);
        shared.AddTo(command, SharedOption.Trained | SharedOption.Seed);
        command.SetAction((parsed, cancellation) => RunAsync(
            shared.Read(parsed, host), recipe.Read(parsed), parsed.GetValue(minAccuracy), parsed.GetValue(stamp),
            parsed.GetValue(every), parsed.GetValue(resume), parsed.GetValue(artifacts), cancellation));
        return command;
    }

    private static async Task RunAsync(
        CommandContext context, TrainingRecipe recipe, double minAccuracy, string? stampFile, int checkpointEvery, bool resume,
        string? artifactsFolder, CancellationToken cancellation)
    {
        string weights = context.WeightsOf(TModel.ModelName);
        var artifacts = artifactsFolder is null ? null : new Artifacts<TModel>(artifactsFolder);
        string FingerprintOn(string dataIdentity) => Fingerprint<TModel>.Compute(recipe, context.Seed, dataIdentity);
        bool IsDone(string fingerprint) =>
            stampFile is not null && IsUpToDate(Stamp.Read(stampFile), fingerprint, minAccuracy, weights);

        var source = context.FindNamedData();
        // What has been trained on MNIST needs MNIST no more, and procedural digits should not replace it.
        if (source is null && IsDone(FingerprintOn(DataLocation.IdentityOf(context.Host.Files))))
        {
            await WriteUpToDateAsync(context, weights, artifacts, source, cancellation);
            return;
        }
        source ??= await context.FindOrDrawDataAsync(cancellation);
        string fingerprint = FingerprintOn(source.Identity);
        if (IsDone(fingerprint))
        {
            await WriteUpToDateAsync(context, weights, artifacts, source, cancellation);
            return;
        }
        ResultFiles<TModel>.Check(weights, stampFile);
        if (artifactsFolder is not null) OutputFolder.Require(artifactsFolder, "--artifacts");

        var data = DataSet<TModel>.Load(source, context.Threads);
        WriteIntroduction(context, recipe, source, data);
        var model = TModel.Create(context.Seed);
        using var record = new TrainingRecord<TModel>(model, data, recipe, Origin(context, recipe, source), cancellation);
        var checkpoints = new Checkpoints(Checkpoints.PathFor(weights, fingerprint), checkpointEvery, fingerprint, record, context.Host.WriteWarning);
        var epochs = Train(context, recipe, model, data.Train, record, checkpoints, resume, cancellation);
        var test = record.LastTest;
        double allocated = epochs.Sum(epoch => epoch.AllocatedBytes) / Math.Max(1.0, epochs.Sum(epoch => epoch.MeasuredBatches));
        context.Text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Allocated: {allocated:0.##} bytes per batch"));
        TestTable.Write(context.Text, test);
        RequireAccuracy(test.Overall.Accuracy, minAccuracy, weights);

        model.Parameters.Save(weights, Metadata(context, recipe, source, test));
        string sha256 = WeightsFile<TModel>.HashOf(weights);
        string historyFile = TrainingHistory.FileOf(weights);
        var history = record.ToHistory(sha256);
        history.Save(historyFile);
        if (stampFile is not null) new Stamp(fingerprint, sha256, test.Overall.Accuracy).Write(stampFile);
        checkpoints.Remove(); // Last: a training that is killed before can go on.
        context.Text.WriteLine($"Weights: {weights} (SHA-256 {sha256})");
        context.Text.WriteLine($"History: {historyFile}");
        artifacts?.Write(context.Text, model, data, history, sha256, context.Threads, cancellation);
        if (context.Json) TrainReport.Write<TModel>(context, source, epochs, test, allocated, weights, sha256);
    }

    private static EpochResult[] Train(
        CommandContext context, TrainingRecipe recipe, TModel model, LabeledImages images, ITrainingObserver record, Checkpoints checkpoints,
        bool resume, CancellationToken cancellation)
    {
        using var trainer = new Trainer<TModel>(model, images, context.Threads, context.Seed, recipe.LearningRate);
        var start = resume ? trainer.Resume(checkpoints, context.Text) : null;
        if (!context.HasRoomForBar) return trainer.Run(recipe.Epochs, new ObserverPair(new ProgressLines(context.Text), record), checkpoints, start, cancellation);
        EpochResult[] results = [];
        ProgressBar.Show(context.Console, bar => results = trainer.Run(recipe.Epochs, new ObserverPair(bar, record), checkpoints, start, cancellation));
        return results;
    }

    private static void WriteIntroduction(CommandContext context, TrainingRecipe recipe, IDataSource source, DataSet<TModel> data)
    {
        ModelTables.WriteLayers<TModel>(context);
        ModelTables.WriteWeightShapes<TModel>(context);
        ModelTables.WriteDataFlow<TModel>(context);
        context.Text.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Training on {source.Label} ({data.Train.Count:N0} images, {data.Test.Count:N0} to test) with seed {context.Seed}, " +
            $"threads {context.Threads}, {VectorWidth.Bits}-bit vectors, epochs {recipe.Epochs}, batch size {recipe.BatchSize}, " +
            $"learning rate {recipe.LearningRate}"));
    }

    private static bool IsUpToDate(Stamp? stamp, string fingerprint, double minAccuracy, string weights) =>
        stamp is not null && stamp.Fingerprint == fingerprint && stamp.Accuracy >= minAccuracy &&
        File.Exists(weights) && WeightsFile<TModel>.HashOf(weights) == stamp.WeightsSha256;

    private static async Task WriteUpToDateAsync(
        CommandContext context, string weights, Artifacts<TModel>? artifacts, IDataSource? source, CancellationToken cancellation)
    {
        context.Text.WriteLine($"up to date: {weights}");
        string sha256 = WeightsFile<TModel>.HashOf(weights);
        if (artifacts?.Show(sha256) == false)
        {
            try
            {
                source ??= await context.FindDataAsync(cancellation); // Not procedural digits: they are not what it was trained with.
                artifacts.Write(
                    context.Text, TModel.Load(weights), DataSet<TModel>.Load(source, context.Threads),
                    FiguresCommand<TModel>.HistoryOf(context, weights, isRequired: false), sha256, context.Threads, cancellation);
            }
            catch (DownloadException e)
            {
                context.Text.WriteLine($"Without figures: {e.Message}");
            }
        }
        if (!context.Json) return;
        JsonOutput.Write(context.Host.Out, json =>
        {
            json.WriteBoolean("upToDate", true);
            json.WriteString("weights", weights);
            json.WriteString("weightsSha256", sha256);
        });
    }

    private static void RequireAccuracy(double accuracy, double minimum, string weights)
    {
        if (accuracy >= minimum) return;
        throw new ProgramException(Failure.Accuracy, string.Create(
            CultureInfo.InvariantCulture,
            $"The test accuracy {accuracy:F4} is below the required {minimum:F4}; {weights} was not written. Train for more --epochs, or lower --min-accuracy."));
    }

    private static Dictionary<string, string> Metadata(
        CommandContext context, TrainingRecipe recipe, IDataSource source, TestResult test) => new()
        {
            ["dataset"] = source.Label,
            ["seed"] = context.Seed.ToString(CultureInfo.InvariantCulture),
            ["epochs"] = recipe.Epochs.ToString(CultureInfo.InvariantCulture),
            ["test_accuracy"] = test.Overall.Accuracy.ToString("F4", CultureInfo.InvariantCulture),
            ["version"] = ProgramVersion.Text,
        };

    private static TrainingOrigin Origin(CommandContext context, TrainingRecipe recipe, IDataSource source) => new(
        TModel.ModelName, source.Label, source.Identity, context.Seed, ProgramVersion.Text, DateTimeOffset.UtcNow,
        context.Threads, VectorWidth.Bits, recipe.BatchSize, recipe.LearningRate, WeightsSha256: "");
}
