using StaticCnn.Verification;

namespace Generator.Tests.GeneratedCode;

/// <summary>Gradients against the slopes of the generated code's own loss: independent of the reference.</summary>
public class FiniteDifferencesTests
{
    /// <summary>The images keep well away from where another value wins, so that no step crosses a bend.</summary>
    [Theory]
    [InlineData("[CnnModel(2, 6, 5)] [Conv2d(3, 3, 2, StrideHeight = 2, Padding = 1), Dropout(0.3f)] [Conv2d(4, 2)] [Flatten, Linear(5), Dropout(0.4f), Linear(3)]")]
    [InlineData("[CnnModel(1, 5, 7)] [Conv2d(2, 3, Padding = 1), ReLU, MaxPool2d(2)] [Flatten, Linear(5), ReLU, Dropout(0.2f), Linear(4)]")]
    [InlineData("[CnnModel(3, 5, 4)] [Conv2d(2, 2, Bias = false), ReLU, Conv2d(3, 2, 3, Padding = 1), MaxPool2d(2, Stride = 1)] [Flatten, Linear(2, Bias = false)]")]
    [InlineData("[CnnModel(1, 4, 4)] [MaxPool2d(2, Stride = 1), Conv2d(17, 1), ReLU] [Flatten, ReLU, Linear(2)]")]
    public void GradientsAreTheSlopesOfTheLoss(string attributes)
    {
        using var compiled = GeneratorHarness.Compile($"using StaticCnn; {attributes} [Training(BatchSize = 5, LearningRate = 1e-30f)] partial class Net;");
        foreach (int bits in TestModel.Widths)
        {
            var model = TestModel.Create(compiled["Net"], bits, seed: 3);
            var (images, labels) = new SteadyImages(model.Layers, model.Parameters, seed: 3, margin: 3e-3).Draw(5);
            float[][] gradients;
            using (var trainer = model.CreateTrainer(1, 3)) gradients = trainer.Gradients(images, labels);
            double largest = gradients.Max(values => values.Max(Math.Abs));
            for (int p = 0; p < gradients.Length; p++)
            {
                float[] values = new float[gradients[p].Length];
                model.Parameters.Get(p, values);
                // Every value of the small parameters, a sample of the large ones.
                for (int i = 0; i < values.Length; i += 1 + values.Length / 15)
                {
                    const float Step = 1f / 2048;
                    double slope = (Loss(model, p, values, i, Step, images, labels) - Loss(model, p, values, i, -Step, images, labels)) / (2 * Step);
                    model.Parameters.Set(p, values);
                    Assert.True(
                        Math.Abs(slope - gradients[p][i]) <= 5e-3 * largest,
                        $"{bits} bits, {model.Parameters.Infos[p].Name}[{i}]: slope {slope}, gradient {gradients[p][i]}");
                }
            }
        }
    }

    /// <summary>The loss with the masks of the first step: a step of a new trainer returns it.</summary>
    private static double Loss(TestModel model, int parameter, float[] values, int index, float change, float[] images, int[] labels)
    {
        float[] changed = [.. values];
        changed[index] += change;
        model.Parameters.Set(parameter, changed);
        using var trainer = model.CreateTrainer(1, 3);
        return trainer.Step(images, labels);
    }
}
