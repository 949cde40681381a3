using System.Collections.Immutable;

namespace StaticCnn;

/// <summary>The measured cost of one layer: that of the steps that compute for it.</summary>
/// <param name="Layer">The layer; null for what belongs to no single one: copying images, the loss, updates of several layers together.</param>
/// <param name="Steps">Its steps, in the order in which they run. A layer without any is computed within its neighbour's.</param>
public sealed record LayerCost(LayerInfo? Layer, ImmutableArray<StepCost> Steps)
{
    /// <summary>Bytes of its output for one image.</summary>
    public int ActivationBytes => Layer is null ? 0 : Layer.Output.Length * sizeof(float);

    /// <summary>How its forward pass is computed in training, such as <c>direct</c> or <c>F(4x4, 5x5)</c>, a Winograd tile; empty where there is no choice.</summary>
    public string Algorithm => AlgorithmOf(CostPass.Forward);

    /// <summary>How its forward pass is computed for one image.</summary>
    public string ImageAlgorithm => AlgorithmOf(CostPass.Image);

    /// <summary>Microseconds per image of a pass, or null where the layer has no step of its own in it: it is fused into a neighbour, or does nothing.</summary>
    public double? Microseconds(CostPass pass)
    {
        double sum = 0;
        bool any = false;
        foreach (var step in Steps)
        {
            if (step.Pass != pass) continue;
            sum += step.Microseconds;
            any = true;
        }

        return any ? sum : null;
    }

    /// <summary>GFLOP/s of direct work in a training step: forward, backward and batch together; null where it stands for none.</summary>
    public double? TrainingGigaflops => Gigaflops(image: false);

    /// <summary>GFLOP/s of direct work in the forward pass of one image; null where it stands for none.</summary>
    public double? ImageGigaflops => Gigaflops(image: true);

    private double? Gigaflops(bool image)
    {
        var steps = Steps.Where(step => step.Pass == CostPass.Image == image);
        return StepCost.GigaflopsOf(steps.Sum(step => step.MultiplyAdds), steps.Sum(step => step.Microseconds));
    }

    private string AlgorithmOf(CostPass pass)
    {
        foreach (var step in Steps)
        {
            if (step.Pass != pass || step.MultiplyAdds == 0) continue;
            int tile = step.Description.IndexOf("F(", StringComparison.Ordinal);
            return tile < 0 ? "direct" : step.Description[tile..(step.Description.IndexOf(')', tile) + 1)];
        }

        return "";
    }
}
