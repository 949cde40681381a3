using System.Collections.Immutable;

namespace StaticCnn;

/// <summary>What each layer of a network costs on this machine, on one thread.</summary>
/// <param name="VectorBits">Bits of the vectors in use.</param>
/// <param name="FmaPeak">GFLOP/s of one core at most, as <see cref="StaticCnn.FmaPeak"/> measures it.</param>
/// <param name="Layers">The layers in the order in which they run, then what belongs to no single one.</param>
/// <param name="Steps">All their steps in the order in which they run.</param>
public sealed record CostReport(int VectorBits, double FmaPeak, ImmutableArray<LayerCost> Layers, ImmutableArray<StepCost> Steps)
{
    /// <summary>All steps in one: the whole network.</summary>
    public LayerCost Total => new(null, Steps);

    /// <summary>
    /// Runs training steps and forward passes of one image on random pixels, and times each step of their programs: a
    /// layer's cost is measured among the others', with the caches as they leave them.
    /// </summary>
    /// <param name="secondsPerProgram">How long to repeat each of the two; medians are reported.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public static CostReport Measure<TModel>(double secondsPerProgram = 1) where TModel : class, ICnnModel<TModel>
    {
        if (!(secondsPerProgram >= 0 && double.IsFinite(secondsPerProgram)))
        {
            throw new ArgumentOutOfRangeException(nameof(secondsPerProgram), secondsPerProgram, "Expected seconds that are finite and not negative.");
        }

        var timer = new StepTimer(
            TModel.Kernels, TModel.Create().Parameters, TModel.Recipe, TModel.ImageLength, TModel.ClassCount);
        ImmutableArray<StepCost> steps = [.. timer.TimeTraining(secondsPerProgram), .. timer.TimeImage(secondsPerProgram)];
        var layers = ImmutableArray.CreateBuilder<LayerCost>();
        foreach (var layer in TModel.Layers) layers.Add(new LayerCost(layer, [.. steps.Where(step => step.Layer == layer.Name)]));
        layers.Add(new LayerCost(null, [.. steps.Where(step => step.Layer.Length == 0)]));
        return new CostReport(TModel.Kernels.VectorBits, StaticCnn.FmaPeak.Measure(), layers.ToImmutable(), steps);
    }
}
