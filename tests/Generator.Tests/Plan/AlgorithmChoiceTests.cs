using StaticCnn.Generator.Layers;
using StaticCnn.Generator.Network;
using StaticCnn.Generator.Plan;

namespace StaticCnn.Generator.Tests.Plan;

public class AlgorithmChoiceTests
{
    [Fact]
    public void TheTutorialsSecondConvolutionIsFilteredFourByFourInAllThreePasses()
    {
        var layer = Convolution(16, 32, 14, 14, kernel: 5, padding: 2);
        var pool = new MaxPool2d { Input = layer.Output, Output = new Shape(32, 7, 7), WindowHeight = 2, WindowWidth = 2, StrideHeight = 2, StrideWidth = 2 };
        foreach (var tiles in new[] { AlgorithmChoice.Forward(layer, pool), AlgorithmChoice.InputGradient(layer), AlgorithmChoice.WeightGradient(layer) })
        {
            Assert.Equal(new WinogradTiles(new CookToom(4, 5), new CookToom(4, 5), 14, 14), tiles);
        }
    }

    [Theory]
    [InlineData(1, 16, 5)] // One input channel: the transforms cost more than the products save.
    [InlineData(64, 64, 1)] // Nothing to filter.
    [InlineData(64, 64, 11)] // No points for so long a kernel.
    public void WhatGainsNothingStaysDirect(int ins, int outs, int kernel)
    {
        Assert.Null(AlgorithmChoice.Forward(Convolution(ins, outs, 28, 28, kernel, kernel / 2), pool: null));
    }

    [Fact]
    public void AStrideIsNeverFiltered() => Assert.Null(
        AlgorithmChoice.Forward(Convolution(32, 32, 28, 28, 3, 1) with { StrideHeight = 2, Algorithm = Algorithm.Winograd }, pool: null));

    [Fact]
    public void TheDeclarationOverridesTheCostModel()
    {
        var large = Convolution(32, 32, 28, 28, 3, 1);
        Assert.NotNull(AlgorithmChoice.Forward(large, pool: null));
        Assert.Null(AlgorithmChoice.Forward(large with { Algorithm = Algorithm.Direct }, pool: null));
        Assert.NotNull(AlgorithmChoice.Forward(Convolution(1, 1, 28, 28, 3, 1) with { Algorithm = Algorithm.Winograd }, pool: null));
    }

    [Fact]
    public void AWeightGradientNeedsBlocksOfFourChannels()
    {
        Assert.NotNull(AlgorithmChoice.WeightGradient(Convolution(32, 32, 28, 28, 3, 1)));
        Assert.Null(AlgorithmChoice.WeightGradient(Convolution(30, 32, 28, 28, 3, 1)));
    }

    [Fact]
    public void TilesKeepPoolingWindowsWhole()
    {
        var layer = Convolution(32, 32, 18, 18, kernel: 3, padding: 1);
        var pool = new MaxPool2d { Input = layer.Output, Output = new Shape(32, 6, 6), WindowHeight = 3, WindowWidth = 3, StrideHeight = 3, StrideWidth = 3 };
        var tiles = AlgorithmChoice.Forward(layer, pool);
        Assert.NotNull(tiles);
        Assert.Equal(0, tiles.Rows.Outputs % 3);
    }

    private static Conv2d Convolution(int ins, int outs, int height, int width, int kernel, int padding) => new()
    {
        Input = new Shape(ins, height, width),
        Output = new Shape(outs, height + 2 * padding - kernel + 1, width + 2 * padding - kernel + 1),
        KernelHeight = kernel,
        KernelWidth = kernel,
        StrideHeight = 1,
        StrideWidth = 1,
        PaddingHeight = padding,
        PaddingWidth = padding,
    };
}
