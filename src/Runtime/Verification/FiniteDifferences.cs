namespace StaticCnn.Verification;

/// <summary>
/// Gradients against the slopes of the network's own loss: independent of the reference. Of each parameter a sample of
/// values is moved one by one, and all of them at once along the gradient.
/// </summary>
internal sealed class FiniteDifferences<TModel> where TModel : class, ICnnModel<TModel>
{
    /// <summary>
    /// Of the largest gradient. A loss of about 1 is known to about 1e-7, so a slope over two steps to about 1e-4; the rest is
    /// for winners of ReLU and pooling that change within a step, where no images can be drawn that stay far enough from that.
    /// </summary>
    public const double Bound = 5e-3;

    /// <summary>A slope is known to a few 1e-4, however small the gradients are: those below this are held against this.</summary>
    private const double LeastUnit = 0.1;

    private const float Step = 1f / 2048;
    private const int SampledValues = 15;
    private const int MostImages = 16;

    private readonly TModel _model;
    private readonly ICnnTrainer _trainer;
    private readonly float[] _images;
    private readonly int[] _labels;

    public FiniteDifferences(TModel model, ulong seed)
    {
        _model = model;
        _trainer = TModel.CreateTrainer(model, 1, seed);
        _trainer.DropoutEnabled = false;
        (_images, _labels) = Draw(model, seed);
    }

    /// <summary>Each parameter with its worst error.</summary>
    public IEnumerable<(string Parameter, double Worst)> Errors()
    {
        float[][] gradients = _trainer.Gradients(_images, _labels);
        double largest = Math.Max(LeastUnit, gradients.Max(values => values.Max(Math.Abs)));
        for (int p = 0; p < gradients.Length; p++)
        {
            float[] values = new float[gradients[p].Length], gradient = gradients[p];
            _model.Parameters.Get(p, values);
            double worst = 0, length = Math.Sqrt(gradient.Sum(g => (double)g * g));
            for (int i = 0; i < values.Length; i += 1 + values.Length / SampledValues)
            {
                int one = i;
                worst = Math.Max(worst, Error(p, values, j => j == one ? 1 : 0, gradient[i], largest));
            }

            if (length > 0) worst = Math.Max(worst, Error(p, values, j => gradient[j] / length, length, Math.Max(length, largest)));
            _model.Parameters.Set(p, values);
            yield return (_model.Parameters.Infos[p].Name, worst);
        }

        _trainer.Dispose();
    }

    /// <summary>
    /// How far the slope in a direction is from what the gradient says. Where it seems far, a shorter step is tried: what winners
    /// that change within the step add shrinks with it, and a wrong gradient stays wrong.
    /// </summary>
    private double Error(int parameter, float[] values, Func<int, double> direction, double expected, double unit)
    {
        double least = double.PositiveInfinity;
        for (float step = Step; step >= Step / 16 && least > Bound / 4; step /= 4)
        {
            double slope = (Loss(parameter, values, direction, step) - Loss(parameter, values, direction, -step)) / (2 * step);
            least = Math.Min(least, Math.Abs(slope - expected) / unit);
        }

        return least;
    }

    private double Loss(int parameter, float[] values, Func<int, double> direction, float step)
    {
        float[] changed = new float[values.Length];
        for (int i = 0; i < changed.Length; i++) changed[i] = (float)(values[i] + step * direction(i));
        _model.Parameters.Set(parameter, changed);
        return _trainer.Evaluate(_images, _labels).Loss;
    }

    /// <summary>Images as far from a change of winners as can be had: in a large network, where single winners count little, not far.</summary>
    private static (float[] Images, int[] Labels) Draw(TModel model, ulong seed)
    {
        var layers = TModel.Layers.ToArray();
        int count = Math.Min(MostImages, TModel.Recipe.BatchSize);
        foreach (double margin in (double[])[3e-3, 1e-3])
        {
            try
            {
                return new SteadyImages(layers, model.Parameters, seed, margin, mostTries: 30).Draw(count);
            }
            catch (NoSteadyImageException)
            {
                // Then a little nearer.
            }
        }

        return new SteadyImages(layers, model.Parameters, seed).Draw(count);
    }
}
