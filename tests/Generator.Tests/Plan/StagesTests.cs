using StaticCnn.Generator.Plan;

namespace Generator.Tests.Plan;

/// <summary>
/// What runs as one operation. A fused ReLU leaves the masking of its output's gradient to the next stage, so fusing
/// is right only in front of a stage that does it.
/// </summary>
public class StagesTests
{
    [Theory]
    [InlineData("Conv2d(2, 3), ReLU, MaxPool2d(2), Flatten, Linear(2)", "conv1+relu+pool1, flatten, fc1")]
    [InlineData("Conv2d(2, 3), MaxPool2d(2, Stride = 3), ReLU, Flatten, Linear(2)", "conv1+pool1, relu1, flatten, fc1")]
    [InlineData("Conv2d(2, 3), ReLU, MaxPool2d(3, Stride = 2), Flatten, Linear(2)", "conv1, relu1, pool1, flatten, fc1")]
    [InlineData("Conv2d(2, 3), ReLU, Conv2d(2, 3), ReLU, Flatten, Linear(2)", "conv1+relu, conv2, relu2, flatten, fc1")]
    [InlineData("Conv2d(2, 3), Dropout(0.5f), ReLU, Flatten, Linear(2)", "conv1, dropout1, relu1, flatten, fc1")]
    [InlineData("Flatten, Linear(4), ReLU, Linear(2), ReLU", "flatten, fc1+relu, fc2, relu2")]
    [InlineData("Flatten, Linear(4), ReLU, Dropout(0.5f), Linear(2), Dropout(0.5f)", "flatten, fc1+relu+dropout1, fc2, dropout2")]
    [InlineData("Flatten, Linear(4), ReLU, Dropout(0.5f), ReLU, Linear(2)", "flatten, fc1, relu1, dropout1, relu2, fc2")]
    [InlineData("Flatten, Linear(4), Dropout(0.5f), ReLU, Linear(2)", "flatten, fc1, dropout1, relu1, fc2")]
    public void LayersFuse(string layers, string expected) =>
        Assert.Equal(expected, string.Join(", ", Stages.Fuse(Declared.Network($"[CnnModel(1, 12, 12), {layers}]")).Select(Layers)));

    [Fact]
    public void EveryLayerRunsOnceAndShapesMeet() => CsCheck.Check.Sample(GeneratedCode.RandomNetwork.Any, network =>
    {
        var declared = Declared.Network(network.Attributes);
        var stages = Stages.Fuse(declared);
        Assert.Equal(declared.Layers.Count, stages.Sum(stage => Layers(stage).Split('+').Length));
        Assert.Equal(declared.Input, stages[0].Input);
        for (int i = 1; i < stages.Count; i++)
        {
            Assert.Equal(stages[i - 1].Output, stages[i].Input);
            if (stages[i - 1].IsGated) Assert.True(stages[i] is ConvolutionStage or LinearStage, $"{stages[i]} does not mask");
        }

        Assert.False(stages[^1].IsGated);
    }, iter: 100, threads: 1);

    /// <summary>The names of a stage's layers; a fused ReLU's is not kept.</summary>
    private static string Layers(Stage stage) => string.Join('+', (stage switch
    {
        ConvolutionStage fused => [fused.Convolution.Name, fused.Relu ? "relu" : null, fused.Pool?.Name],
        LinearStage fused => [fused.Linear.Name, fused.Relu ? "relu" : null, fused.Dropout?.Name],
        _ => new string?[] { stage.Name },
    }).OfType<string>());
}
