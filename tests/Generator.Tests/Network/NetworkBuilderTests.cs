using StaticCnn.Generator;
using StaticCnn.Generator.Declaration;
using StaticCnn.Generator.Layers;
using StaticCnn.Generator.Network;

namespace Generator.Tests.Network;

public class NetworkBuilderTests
{
    [Fact]
    public void TheTutorialsNetworkHasPyTorchsShapesAndNames()
    {
        var network = Build(
            new(1, 28, 28),
            Conv(16, 5, 5, Option("Padding", 2)), new LayerDeclaration("ReLU"), Pool(2, 2),
            Conv(32, 5, 5, Option("Padding", 2)), new LayerDeclaration("ReLU"), Pool(2, 2),
            new LayerDeclaration("Flatten"), new LayerDeclaration("Linear", new Argument("outFeatures", 128)), new LayerDeclaration("ReLU"),
            new LayerDeclaration("Dropout", new Argument("probability", 0.2f)), new LayerDeclaration("Linear", new Argument("outFeatures", 10)));

        Assert.Equal(
            [
                "conv1 [16,28,28]", "relu1 [16,28,28]", "pool1 [16,14,14]", "conv2 [32,14,14]", "relu2 [32,14,14]", "pool2 [32,7,7]",
                "flatten [1568]", "fc1 [128]", "relu3 [128]", "dropout1 [128]", "fc2 [10]",
            ],
            network.Layers.Select(layer => $"{layer.Name} {layer.Output}"));
        Assert.Equal(10, network.ClassCount);
        Assert.Equal(new Shape(1, 28, 28), network.Input);
        Assert.Equal(network.Input, network.Layers[0].Input);
        Assert.All(network.Layers.Zip(network.Layers.Skip(1)), pair => Assert.Equal(pair.First.Output, pair.Second.Input));
        Assert.Equal(new ModelType("Shop", new[] { "partial class Outer" }.ToEquatableArray(), "Net", "Shop.Outer.Net",
            new[] { "{model}", "Shop.Outer.Net", "Outer.Net", "Net" }.ToEquatableArray()), network.Type);
        Assert.Equal(Recipe.Default, network.Recipe);
    }

    /// <summary>Sizes as torch.nn.Conv2d gives them: floor((n + 2 padding - kernel) / stride) + 1.</summary>
    [Theory]
    [InlineData(28, 20, 5, 3, 1, 1, 0, 0, 24, 18)]
    [InlineData(28, 20, 5, 3, 2, 3, 2, 1, 14, 7)]
    [InlineData(7, 8, 3, 3, 2, 2, 1, 1, 4, 4)]
    [InlineData(5, 5, 5, 5, 9, 9, 0, 0, 1, 1)]
    [InlineData(1, 1, 11, 11, 1, 1, 10, 5, 11, 1)]
    public void Conv2dHasPyTorchsShape(
        int height, int width, int kernelHeight, int kernelWidth, int strideHeight, int strideWidth,
        int paddingHeight, int paddingWidth, int rows, int columns)
    {
        var network = Build(
            new(3, height, width),
            Conv(2, kernelHeight, kernelWidth, Option("StrideHeight", strideHeight), Option("StrideWidth", strideWidth), Option("PaddingHeight", paddingHeight), Option("PaddingWidth", paddingWidth)),
            new LayerDeclaration("Flatten"));

        var conv = Assert.IsType<Conv2d>(network.Layers[0]);
        Assert.Equal((new Shape(3, height, width), new Shape(2, rows, columns)), (conv.Input, conv.Output));
        Assert.Equal((kernelHeight, kernelWidth, strideHeight, strideWidth), (conv.KernelHeight, conv.KernelWidth, conv.StrideHeight, conv.StrideWidth));
        Assert.Equal((paddingHeight, paddingWidth, true, Algorithm.Auto), (conv.PaddingHeight, conv.PaddingWidth, conv.HasBias, conv.Algorithm));
    }

    [Fact]
    public void SpecificOptionsOverrideGeneralOnes()
    {
        var network = Build(
            new(1, 9, 9),
            Conv(2, 3, 3, Option("Stride", 2), Option("StrideWidth", 1), Option("Padding", 1), Option("PaddingHeight", 0), Option("Bias", false), Option("Algorithm", (int)Algorithm.Direct)),
            new LayerDeclaration("Flatten"));

        var conv = Assert.IsType<Conv2d>(network.Layers[0]);
        Assert.Equal((new Shape(1, 9, 9), new Shape(2, 4, 9)), (conv.Input, conv.Output));
        Assert.Equal((3, 3, 2, 1), (conv.KernelHeight, conv.KernelWidth, conv.StrideHeight, conv.StrideWidth));
        Assert.Equal((0, 1, false, Algorithm.Direct), (conv.PaddingHeight, conv.PaddingWidth, conv.HasBias, conv.Algorithm));
    }

    /// <summary>A remainder is dropped, and an unset stride is the window.</summary>
    [Theory]
    [InlineData(9, 10, 2, 3, null, null, null, 4, 3)]
    [InlineData(9, 10, 2, 3, 1, null, null, 8, 8)]
    [InlineData(9, 10, 3, 3, 2, null, 4, 4, 2)]
    [InlineData(9, 10, 3, 3, null, 1, null, 7, 3)]
    [InlineData(9, 10, 9, 10, null, null, null, 1, 1)]
    public void MaxPool2dHasPyTorchsShape(
        int height, int width, int windowHeight, int windowWidth, int? stride, int? strideHeight, int? strideWidth, int rows, int columns)
    {
        var network = Build(
            new(2, height, width),
            Pool(windowHeight, windowWidth, Option("Stride", stride), Option("StrideHeight", strideHeight), Option("StrideWidth", strideWidth)),
            new LayerDeclaration("Flatten"), new LayerDeclaration("Linear", new Argument("outFeatures", 2), Option("Bias", false)));

        var pool = Assert.IsType<MaxPool2d>(network.Layers[0]);
        Assert.Equal(new Shape(2, rows, columns), pool.Output);
        Assert.Equal(strideHeight ?? stride ?? windowHeight, pool.StrideHeight);
        Assert.Equal(strideWidth ?? stride ?? windowWidth, pool.StrideWidth);
        var linear = Assert.IsType<Linear>(network.Layers[2]);
        Assert.Equal((Shape.Vector(2 * rows * columns), Shape.Vector(2), false), (linear.Input, linear.Output, linear.HasBias));
    }

    [Fact]
    public void NamingOneLayerLeavesTheOthersNames()
    {
        var network = Build(
            new(1, 9, 9),
            Conv(2, 3, 3, Option("Name", "stem")), Conv(2, 3, 3), new LayerDeclaration("Flatten", Option("Name", "rows")),
            new LayerDeclaration("Linear", new Argument("outFeatures", 4)), new LayerDeclaration("Linear", new Argument("outFeatures", 3), Option("Name", "head")));

        Assert.Equal(["stem", "conv2", "rows", "fc1", "head"], network.Layers.Select(layer => layer.Name));
    }

    [Fact]
    public void TrainingValuesOverrideTheDefaults()
    {
        var result = NetworkBuilder.Build(Declare(new(1, 2, 2), new LayerDeclaration("Flatten"), new LayerDeclaration("Linear", new Argument("outFeatures", 2))) with
        {
            Training = new(BatchSize: 7, Beta1: 0.5f),
        });

        Assert.Equal(Recipe.Default with { BatchSize = 7, Beta1 = 0.5f }, result.Network!.Recipe);
    }

    /// <summary>The defaults stand twice, for the generator cannot load the runtime; here they are held together.</summary>
    [Fact]
    public void TheDefaultsAreThoseOfTheAttributes()
    {
        var training = new StaticCnn.TrainingAttribute();
        Assert.Equal(
            new Recipe(training.BatchSize, training.Epochs, training.LearningRate, training.Beta1, training.Beta2, training.Epsilon),
            Recipe.Default);

        var network = Build(new(1, 9, 9), Conv(2, 3, 3), new LayerDeclaration("Flatten"), new LayerDeclaration("Linear", new Argument("outFeatures", 2)));
        var attribute = new StaticCnn.Conv2dAttribute(2, 3);
        var conv = Assert.IsType<Conv2d>(network.Layers[0]);
        Assert.Equal(
            (attribute.Stride, attribute.Padding, attribute.Bias, (int)attribute.Algorithm),
            (conv.StrideHeight, conv.PaddingWidth, conv.HasBias, (int)conv.Algorithm));
        Assert.Equal(new StaticCnn.LinearAttribute(2).Bias, Assert.IsType<Linear>(network.Layers[2]).HasBias);
        Assert.Equal(Enum.GetNames<StaticCnn.ConvolutionAlgorithm>(), Enum.GetNames<Algorithm>());
    }

    [Fact]
    public void AnErrorOfTheClassLeavesNoNetwork()
    {
        var error = new DeclarationError(Fault.NotPartial, Place.Class, "Net");
        var result = NetworkBuilder.Build(
            Declare(new(1, 2, 2), new LayerDeclaration("Flatten"), new LayerDeclaration("Linear", new Argument("outFeatures", 2))) with
            {
                Errors = new[] { error }.ToEquatableArray(),
            });

        Assert.Null(result.Network);
        Assert.Equal([error], result.Errors);
    }

    private static LayerDeclaration Conv(int outs, int kernelHeight, int kernelWidth, params Argument[] options) => new(
        "Conv2d", [new("outChannels", outs), new("kernelHeight", kernelHeight), new("kernelWidth", kernelWidth), .. options]);

    private static LayerDeclaration Pool(int windowHeight, int windowWidth, params Argument[] options) => new(
        "MaxPool2d", [new("windowHeight", windowHeight), new("windowWidth", windowWidth), .. options]);

    private static Argument Option(string name, object? value) => new(name, value, IsOption: true);

    private static CnnNetwork Build(InputDeclaration input, params LayerDeclaration[] layers)
    {
        var result = NetworkBuilder.Build(Declare(input, layers));
        Assert.Empty(result.Errors);
        return result.Network!;
    }

    private static ModelDeclaration Declare(InputDeclaration input, params LayerDeclaration[] layers) => new(
        "Shop", new[] { "partial class Outer" }.ToEquatableArray(), "Net", "Shop.Outer.Net", input,
        layers.ToEquatableArray(), new TrainingDeclaration(), EquatableArray<DeclarationError>.Empty);
}
