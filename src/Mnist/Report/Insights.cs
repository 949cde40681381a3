using StaticCnn.Figures;
using StaticCnn.Figures.History;

namespace StaticCnn.Mnist.Report;

/// <summary>What a model's numbers say, sentence by sentence; what they do not support is not said.</summary>
internal static class Insights
{
    private const double MuchOfAll = 0.25; // Of a kernel's weights, by magnitude, for its weaker sign to count.
    private const double Apart = 0.005; // Between the accuracies of training and test, for the network to have overfitted.

    public static IEnumerable<string> Of<TModel>(TModel model, Predictions predictions, TrainingHistory? history, ReportTexts texts)
        where TModel : class, ICnnModel<TModel>
    {
        yield return texts.Format("insights.accuracy", ("accuracy", Numbers.Percent(predictions.Accuracy)), ("chance", Numbers.Percent(1.0 / TModel.ClassCount, 0)));
        var digits = predictions.Answers.GroupBy(answer => answer.Label).Select(group => (Label: group.Key, Accuracy: group.Average(answer => answer.IsRight ? 1.0 : 0.0)))
            .OrderByDescending(digit => digit.Accuracy).ThenBy(digit => digit.Label).ToArray();
        if (digits[0].Accuracy > digits[^1].Accuracy)
        {
            yield return texts.Format(
                "insights.digits", ("best", Numbers.Count(digits[0].Label)), ("bestAccuracy", Numbers.Percent(digits[0].Accuracy)),
                ("worst", Numbers.Count(digits[^1].Label)), ("worstAccuracy", Numbers.Percent(digits[^1].Accuracy)));
        }
        var mistakes = predictions.Mistakes();
        if (mistakes.Length > 0)
        {
            var most = mistakes.GroupBy(answer => (answer.Label, answer.Class)).OrderByDescending(group => group.Count()).ThenBy(group => group.Key).First();
            if (most.Count() > 1)
            {
                yield return texts.Format(
                    "insights.confusion", ("count", Numbers.Count(most.Count())), ("mistakes", Numbers.Count(mistakes.Length)),
                    ("label", Numbers.Count(most.Key.Label)), ("answer", Numbers.Count(most.Key.Class)));
            }
            var right = predictions.Answers.Where(answer => answer.IsRight).Select(answer => answer.Probability).DefaultIfEmpty().Average();
            var wrong = mistakes.Average(answer => answer.Probability);
            yield return texts.Format(
                right > wrong + 0.05 ? "insights.confident" : "insights.overconfident", ("right", Numbers.Percent(right, 1)), ("wrong", Numbers.Percent(wrong, 1)));
        }
        if (history is { Epochs: [.., var last] })
        {
            yield return texts.Format(
                last.TrainAccuracy - last.TestAccuracy > Apart ? "insights.overfits" : "insights.generalises",
                ("train", Numbers.Percent(last.TrainAccuracy)), ("test", Numbers.Percent(last.TestAccuracy)));
        }
        if (Work<TModel>(texts) is { } work) yield return work;
        if (Kernels(model, texts) is { } kernels) yield return kernels;
    }

    /// <summary>Where the parameters are and where the work is done, if a linear layer has the one and a convolution does the other.</summary>
    private static string? Work<TModel>(ReportTexts texts) where TModel : class, ICnnModel<TModel>
    {
        LayerInfo[] layers = TModel.Layers.ToArray();
        var heavy = layers.MaxBy(layer => layer.ParameterCount)!;
        var busy = layers.MaxBy(layer => layer.MultiplyAdds)!;
        if (heavy.Attribute is not LinearAttribute || busy.Attribute is not Conv2dAttribute) return null;
        double work = layers.Sum(layer => layer.MultiplyAdds);
        return texts.Format(
            "insights.work", ("heavy", heavy.Name), ("busy", busy.Name),
            ("heavyShare", Numbers.Percent((double)heavy.ParameterCount / TModel.ParameterCount, 0)), ("heavyWork", Numbers.Percent(heavy.MultiplyAdds / work, 0)),
            ("busyShare", Numbers.Percent((double)busy.ParameterCount / TModel.ParameterCount, 0)), ("busyWork", Numbers.Percent(busy.MultiplyAdds / work, 0)));
    }

    private static string? Kernels<TModel>(TModel model, ReportTexts texts) where TModel : class, ICnnModel<TModel>
    {
        if (TModel.Layers.ToArray().FirstOrDefault(layer => layer.Attribute is Conv2dAttribute) is not { } layer) return null;
        var parameter = layer.Parameters[0];
        var values = new float[parameter.Count];
        model.Parameters.Get(model.Parameters.IndexOf(parameter.Name), values);
        int mixed = values.Chunk(values.Length / layer.Output.Channels).Count(kernel =>
        {
            double positive = kernel.Sum(weight => Math.Max(0.0, weight)), negative = kernel.Sum(weight => Math.Max(0.0, -weight));
            return Math.Min(positive, negative) >= MuchOfAll * (positive + negative);
        });
        if (2 * mixed <= layer.Output.Channels) return null;
        return texts.Format("insights.kernels", ("mixed", Numbers.Count(mixed)), ("count", Numbers.Count(layer.Output.Channels)), ("layer", layer.Name));
    }
}
