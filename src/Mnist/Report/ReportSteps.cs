using System.Globalization;
using System.Runtime.InteropServices;
using StaticCnn.Figures;
using StaticCnn.Figures.Motion;

namespace StaticCnn.Mnist.Report;

/// <summary>Writes a report's steps, one method for each.</summary>
internal sealed class ReportSteps<TModel>(ReportSubject<TModel> subject, FigureSet<TModel> figures, ReportTexts texts, CancellationToken cancellation)
    where TModel : class, ICnnModel<TModel>
{
    private const int MotionChannel = 3;
    private const int LastLosses = 100;

    private readonly LayerInfo[] _layers = TModel.Layers.ToArray();
    private readonly LayerInfo[] _convolutions = [.. TModel.Layers.ToArray().Where(layer => layer.Attribute is Conv2dAttribute)];
    private readonly int _digit = subject.Data.Test.Labels.Contains((byte)7) ? 7 : subject.Data.Test.Labels[0];

    /// <summary>What has been written.</summary>
    public Html Html { get; } = new(texts);

    public void Setup()
    {
        Html.Paragraph(texts["setup.text"]);
        List<string[]> rows =
        [
            [texts["setup.runtime"], RuntimeInformation.FrameworkDescription],
            [texts["setup.system"], $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}"],
            [texts["setup.processors"], Numbers.Count(Environment.ProcessorCount)],
            [texts["setup.vectors"], texts.Format("setup.bits", ("bits", Numbers.Count(VectorWidth.Bits)))],
        ];
        if (subject.History?.Origin is { } origin)
        {
            rows.Add([texts["setup.trained"], texts.Format(
                "setup.trainedBy", ("version", origin.Version), ("seed", origin.Seed.ToString(CultureInfo.InvariantCulture)), ("bits", Numbers.Count(origin.VectorBits)))]);
            rows.Add([texts["setup.started"], origin.Started.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)]);
        }
        Html.Table(texts["setup.caption"], [new(""), new("")], rows);
    }

    public void Data()
    {
        var (train, test) = (subject.Data.Train, subject.Data.Test);
        var (mean, deviation) = PixelStatistics.Of(train);
        Html.Paragraph(texts.Format(
            "data.text", ("source", subject.History?.Origin.Dataset ?? train.Source), ("train", Numbers.Count(train.Count)), ("test", Numbers.Count(test.Count)),
            ("shape", train.Shape.ToString()), ("mean", Numbers.Fixed(mean, 4)), ("deviation", Numbers.Fixed(deviation, 4))));
        var rows = Enumerable.Range(0, TModel.ClassCount).Select(digit => new[]
        {
            Numbers.Count(digit), Numbers.Count(train.Labels.Count(label => label == digit)), Numbers.Count(test.Labels.Count(label => label == digit)),
        }).Append([texts["data.all"], Numbers.Count(train.Count), Numbers.Count(test.Count)]);
        Html.Table(texts["data.caption"], [new(texts["data.digit"]), new(texts["data.train"], true), new(texts["data.test"], true)], rows);
    }

    public void Samples()
    {
        Html.Paragraph(texts["samples.text"]);
        Figure("samples");
    }

    public void Network()
    {
        Html.Paragraph(texts["network.text"]);
        Html.Listing(texts["network.listing"], DeclarationText.Of<TModel>());
        Figure("architecture", ("input", TModel.InputShape.ToString()), ("classes", Numbers.Count(TModel.ClassCount)));
    }

    public void Parameters()
    {
        Html.Paragraph(texts.Format(
            "parameters.text", ("parameters", Numbers.Count(TModel.ParameterCount)), ("operations", Numbers.Count(_layers.Sum(layer => layer.MultiplyAdds)))));
        Html.Table(
            texts["parameters.caption"],
            [new(texts["parameters.layer"]), new(texts["parameters.output"]), new(texts["parameters.count"], true), new(texts["parameters.operations"], true)],
            _layers.Select(layer => new[] { layer.Name, layer.Output.ToString(), Numbers.Count(layer.ParameterCount), Numbers.Count(layer.MultiplyAdds) }));
        Html.Table(
            texts["parameters.shapes"], [new(texts["parameters.name"]), new(texts["parameters.shape"]), new(texts["parameters.count"], true)],
            _layers.SelectMany(layer => layer.Parameters).Select(parameter => new[] { parameter.Name, $"[{string.Join(',', parameter.Shape)}]", Numbers.Count(parameter.Count) }));
    }

    public void Flow()
    {
        Html.Paragraph(texts.Format("flow.text", ("digit", Numbers.Count(_digit)), ("classes", Numbers.Count(TModel.ClassCount))));
        Figure("data-flow", ("digit", Numbers.Count(_digit)));
    }

    public void Recipe()
    {
        Html.Paragraph(texts["recipe.text"]);
        var recipe = TModel.Recipe;
        var history = subject.History;
        List<string[]> rows =
        [
            [texts["recipe.loss"], texts["recipe.crossEntropy"]],
            [texts["recipe.optimizer"], string.Create(CultureInfo.InvariantCulture, $"Adam, β₁ = {recipe.Beta1}, β₂ = {recipe.Beta2}, ε = {recipe.Epsilon}")],
            [texts["recipe.rate"], (history?.Origin.LearningRate ?? recipe.LearningRate).ToString(CultureInfo.InvariantCulture)],
            [texts["recipe.batch"], Numbers.Count(history?.Origin.BatchSize ?? recipe.BatchSize)],
            [texts["recipe.epochs"], Numbers.Count(history?.Epochs.Length ?? recipe.Epochs)],
        ];
        for (int layer = 1; layer < _layers.Length; layer++)
        {
            if (_layers[layer].Attribute is not DropoutAttribute dropout) continue;
            var before = _layers[..layer].Last(other => other.Attribute is not (ReLUAttribute or DropoutAttribute));
            rows.Add([texts["recipe.dropout"], texts.Format(
                "recipe.dropoutText", ("share", Numbers.Percent(dropout.Probability, 0)), ("layer", before.Name))]);
        }
        Html.Table(texts["recipe.caption"], [new(""), new("")], rows);
    }

    public void Training()
    {
        if (subject.History is not { } history)
        {
            Html.Paragraph(texts["training.missing"]);
            return;
        }
        int window = Math.Min(LastLosses, history.BatchLosses.Length);
        Html.Paragraph(texts.Format(
            "training.text", ("steps", Numbers.Count(history.BatchLosses.Length)), ("epochs", Numbers.Count(history.Epochs.Length)),
            ("seconds", Numbers.Fixed(history.Epochs.Sum(epoch => epoch.Seconds), 1)), ("threads", Numbers.Count(history.Origin.Threads)),
            ("firstLoss", Numbers.Fixed(history.BatchLosses[0], 3)), ("window", Numbers.Count(window)),
            ("lastLoss", Numbers.Fixed(history.BatchLosses[^window..].Average(), 3))));
        Figure("training");
        Html.Table(
            texts["training.epochs"],
            [
                new(texts["training.epoch"]), new(texts["training.trainLoss"], true), new(texts["training.trainAccuracy"], true),
                new(texts["training.testLoss"], true), new(texts["training.testAccuracy"], true), new(texts["training.seconds"], true),
            ],
            history.Epochs.Select((epoch, i) => new[]
            {
                Numbers.Count(i + 1), Numbers.Fixed(epoch.TrainLoss, 4), Numbers.Percent(epoch.TrainAccuracy), Numbers.Fixed(epoch.TestLoss, 4),
                Numbers.Percent(epoch.TestAccuracy), Numbers.Fixed(epoch.Seconds, 2),
            }));
        Figure("weights");
    }

    public void Test()
    {
        var answers = figures.Predictions.Answers;
        Html.Paragraph(texts.Format(
            "test.text", ("total", Numbers.Count(answers.Length)), ("correct", Numbers.Count(answers.Count(answer => answer.IsRight))),
            ("accuracy", Numbers.Percent(figures.Predictions.Accuracy))));
        Html.Table(
            texts["test.caption"],
            [new(texts["data.digit"]), new(texts["test.correct"], true), new(texts["test.total"], true), new(texts["test.accuracy"], true)],
            answers.GroupBy(answer => answer.Label).OrderBy(group => group.Key).Select(group =>
            {
                int right = group.Count(answer => answer.IsRight), all = group.Count();
                return new[] { Numbers.Count(group.Key), Numbers.Count(right), Numbers.Count(all), Numbers.Percent((double)right / all) };
            }));
        Figure("confusion");
    }

    public void Predictions()
    {
        int mistakes = figures.Predictions.Mistakes().Length;
        Html.Paragraph(texts.Format(mistakes == 0 ? "predictions.none" : "predictions.text", ("mistakes", Numbers.Count(mistakes))));
        Figure("predictions");
        if (mistakes > 0) Figure("mistakes");
    }

    public void Kernels()
    {
        if (_convolutions.Length == 0)
        {
            Html.Paragraph(texts["kernels.missing"]);
            return;
        }
        var first = _convolutions[0];
        (string, string)[] values =
        [
            ("layer", first.Name), ("count", Numbers.Count(first.Output.Channels)),
            ("rows", Numbers.Count(((Conv2dAttribute)first.Attribute).KernelHeight)), ("columns", Numbers.Count(((Conv2dAttribute)first.Attribute).KernelWidth)),
        ];
        Html.Paragraph(texts.Format("kernels.text", values));
        Figure("kernels", values);
        // The first two: one over an image, one over a stack of maps.
        LayerInfo[] shown = [.. _convolutions.Take(2)];
        int[] channels = [.. shown.Select(layer => Math.Min(MotionChannel, layer.Output.Channels - 1))];
        Animation[] animations =
            [.. shown.Select((layer, i) => ConvolutionAnimation.Create(subject.Model, subject.Data.Test, layer.Name, channels[i], _digit))];
        var pictures = ReportPictures.Of(animations, subject.Threads, cancellation);
        for (int i = 0; i < shown.Length; i++)
        {
            (string, string)[] names = [("layer", shown[i].Name), ("channel", Numbers.Count(channels[i])), ("digit", Numbers.Count(_digit))];
            Html.Picture(texts.Format("motion.alt", names), texts.Format("motion.caption", names), pictures[i]);
        }
    }

    public void Features()
    {
        int relu = Array.FindIndex(_layers, layer => layer.Attribute is ReLUAttribute);
        if (relu < 1) Html.Paragraph(texts.Format("features.plain", ("digit", Numbers.Count(_digit))));
        else
        {
            var test = subject.Data.Test;
            var image = new float[TModel.ImageLength];
            BatchReader.ToFloats(test.Pixels(Array.IndexOf(test.Labels, (byte)_digit)), image);
            float[] values = Activations.Of(subject.Model, image)[relu];
            Html.Paragraph(texts.Format(
                "features.text", ("digit", Numbers.Count(_digit)), ("layer", _layers[relu - 1].Name),
                ("zeros", Numbers.Percent((double)values.Count(value => value == 0) / values.Length, 0))));
        }
        Figure("features", ("digit", Numbers.Count(_digit)));
    }

    public void Digits()
    {
        Html.Paragraph(texts[_convolutions.Length > 0 ? "digits.text" : "digits.missing"]);
        Figure("digits");
    }

    public void Insights() => Html.List(Report.Insights.Of(subject.Model, figures.Predictions, subject.History, texts));

    /// <summary>Draws a figure, if it can be drawn of this network, with the words of its name.</summary>
    private void Figure(string name, params ReadOnlySpan<(string, string)> values)
    {
        if (!figures.NamesFor(new FigureOptions()).Contains(name)) return;
        cancellation.ThrowIfCancellationRequested();
        Html.Picture(
            texts.Format($"{name}.alt", values), texts.Format($"{name}.caption", values),
            ReportPictures.Of(figures.Create(name, new FigureOptions(Digit: _digit))));
    }
}
