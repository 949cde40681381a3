using System.Collections.Immutable;
using StaticCnn.Figures.Drawing;
using StaticCnn.Figures.History;

namespace StaticCnn.Figures;

/// <summary>All figures of one trained network by name.</summary>
/// <param name="model">The network.</param>
/// <param name="train">Images like those that it was trained with.</param>
/// <param name="test">Images that it was not trained with.</param>
/// <param name="history">The training's history; null where there is none.</param>
/// <param name="threads">Threads that compute answers; the figures do not depend on it.</param>
/// <typeparam name="TModel">The generated network.</typeparam>
public sealed class FigureSet<TModel>(TModel model, LabeledImages train, LabeledImages test, TrainingHistory? history, int threads = 1)
    where TModel : class, ICnnModel<TModel>
{
    private readonly Lazy<Predictions> _predictions = new(() => Predictions.Of(model, test, threads));

    /// <summary>The network's answers to the test images.</summary>
    public Predictions Predictions => _predictions.Value;

    /// <summary>The figures' names, in the order in which they tell of a network.</summary>
    public static ImmutableArray<string> Names { get; } =
    [
        "samples", "architecture", "training", "predictions", "mistakes", "confusion", "kernels", "features", "digits", "data-flow", "weights",
    ];

    /// <summary>Whether a figure shows the course of a training.</summary>
    public static bool NeedsHistory(string name) => name is "training" or "weights";

    /// <summary>Checks what can be known before there are weights or data.</summary>
    /// <param name="name">A figure's name; null for any.</param>
    /// <param name="layer">A layer's name; null for the one that is drawn unless one is named.</param>
    /// <exception cref="FigureException">There is no such figure or layer; the message says which there are.</exception>
    public static void Check(string? name, string? layer)
    {
        if (name is not null && !Names.Contains(name))
            throw new FigureException(FigureProblem.Name, $"There is no figure '{name}'. The figures are {string.Join(", ", Names)}.");
        if (layer is not null) _ = Activations.IndexOf(TModel.Layers, layer);
    }

    /// <summary>The names of the figures that can be drawn: all but those of a history that there is not, or of convolutions where there are none.</summary>
    /// <param name="options">What to show: of a layer that is no convolution there are no kernels.</param>
    public ImmutableArray<string> NamesFor(FigureOptions options)
    {
        bool hasConvolution = TModel.Layers.ToArray().Any(layer => layer.Attribute is Conv2dAttribute);
        bool hasKernels = options.Layer is null ? hasConvolution : TModel.Layers[Activations.IndexOf(TModel.Layers, options.Layer)].Attribute is Conv2dAttribute;
        return [.. Names.Where(name => NeedsHistory(name) ? history is not null : name switch
        {
            "kernels" => hasKernels,
            "digits" => hasConvolution,
            _ => true,
        })];
    }

    /// <summary>Draws a figure.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="options">What to show.</param>
    /// <exception cref="FigureException">It cannot be drawn; the message says why.</exception>
    public Figure Create(string name, FigureOptions? options = null)
    {
        options ??= new FigureOptions();
        Check(name, options.Layer);
        return name switch
        {
            "samples" => SamplesFigure.Create(train),
            "architecture" => ArchitectureFigure.Create<TModel>(),
            "training" => TrainingFigure.Create(History()),
            "predictions" => PredictionsFigure.Create(Predictions),
            "mistakes" => PredictionsFigure.CreateMistakes(Predictions),
            "confusion" => ConfusionFigure.Create(Predictions),
            "kernels" => KernelsFigure.Create(model, options.Layer),
            "features" => FeaturesFigure.Create(model, test.Floats(Image(options)), options.Layer),
            "digits" => DigitsFigure.Create(model, test, options.All),
            "data-flow" => DataFlowFigure.Create(model, test.Floats(Image(options)), test.Labels[Image(options)]),
            _ => WeightsFigure.Create(History()),
        };
    }

    private int Image(FigureOptions options) =>
        test.FirstOf(options.Digit ?? test.FavouriteDigit());

    private TrainingHistory History() => history ?? throw new FigureException(
        FigureProblem.History, "There is no training history of these weights. 'mnist train' writes it beside the weights.");
}

/// <summary>What a figure is to show.</summary>
/// <param name="Layer">The layer of <c>kernels</c> and <c>features</c>; the first convolution unless given.</param>
/// <param name="Digit">The digit of <c>features</c> and <c>data-flow</c>: the first test image that shows it. A 7, where there is one, unless given.</param>
/// <param name="All">In <c>digits</c>, all digits by all maps rather than five by five.</param>
public sealed record FigureOptions(string? Layer = null, int? Digit = null, bool All = false);
