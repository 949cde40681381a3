using Conv2dLayer = StaticCnn.Generator.Layers.Conv2d;
using MaxPool2dLayer = StaticCnn.Generator.Layers.MaxPool2d;

namespace StaticCnn.Generator.Plan;

/// <summary>The buffers of Winograd operations.</summary>
internal static class WinogradPlanner
{
    /// <summary>Adds the operation that makes the kernels' spectra, and returns where they stand.</summary>
    public static Spectrum Weights(
        List<Operation> preparations, string name, Conv2dLayer layer, WinogradTiles tiles, Buffer weight, bool reversed,
        Space space, Target target)
    {
        int pairs = View.RoundUp(layer.Output.Channels * layer.Input.Channels, 16);
        var result = Spectrum.Of(name + "Spectra", space, tiles, pairs);
        preparations.Add(new WinogradWeights(
            name + "Spectra", layer, weight, tiles, reversed,
            new Buffer(name + "Taps", space, layer.Taps * pairs, Keeps: true),
            new Buffer(name + "SpectraScratch", space, Scratch(tiles, target), Keeps: true),
            result with { Buffer = result.Buffer with { Keeps = true } }));
        return result with { Buffer = result.Buffer with { Keeps = true } };
    }

    public static WinogradConvolution Convolution(
        string name, Conv2dLayer layer, WinogradTiles tiles, Target target, View x, int rowStart, int columnStart, Spectrum weights,
        int outStride, int inStride, Buffer? bias, View y, bool relu, MaxPool2dLayer? pool, View? winner, Gate? gate)
    {
        int across = tiles.TileColumns;
        return new WinogradConvolution(
            name, layer, tiles, x, rowStart, columnStart, weights, outStride, inStride,
            Spectrum.Of(name + "In", Space.Worker, tiles, x.Channels * across * target.Lanes),
            Spectrum.Of(name + "Out", Space.Worker, tiles, y.Channels * across * target.Lanes),
            new Buffer(name + "Scratch", Space.Worker, Scratch(tiles, target)),
            new Buffer(name + "Rows", Space.Worker, tiles.Rows.Outputs * across * tiles.Columns.Outputs * target.Lanes),
            bias, y, relu, pool, winner, gate, Tile.Choose(target, y.Channels, across));
    }

    /// <summary>A convolution of one image, with the operations that prepare its weights.</summary>
    public static ImageWinograd Image(
        List<Operation> preparations, Conv2dLayer layer, WinogradTiles tiles, Buffer weight, Buffer bias, View input, View output, Target target)
    {
        string name = layer.Name + "Image";
        int outPitch = View.RoundUp(layer.Output.Channels, target.Lanes);
        var spectra = Weights(preparations, name, layer, tiles, weight, reversed: false, Space.Prepared, target);
        var weights = Spectrum.Of(name + "Weights", Space.Prepared, tiles, layer.Input.Channels * outPitch);
        weights = weights with { Buffer = weights.Buffer with { Keeps = true } };
        preparations.Add(new ImageSpectra(name + "Weights", layer, spectra, weights, outPitch));
        int count = tiles.TileRows * tiles.TileColumns;
        return new ImageWinograd(
            layer.Name, layer, tiles, input, weights, bias, output,
            Spectrum.Of(name + "In", Space.Image, tiles, count * input.ColumnPitch),
            Spectrum.Of(name + "Out", Space.Image, tiles, count * outPitch),
            new Buffer(name + "Scratch", Space.Image, tiles.Products * target.Lanes),
            Tile.Choose(target, outPitch / target.Lanes, count));
    }

    public static WinogradWeightGradient WeightGradient(
        string name, Conv2dLayer layer, WinogradTiles tiles, Target target, View x, View gradient, Buffer result)
    {
        int across = tiles.TileColumns, pairs = layer.Input.Channels * layer.Output.Channels;
        return new WinogradWeightGradient(
            name, layer, tiles, x, gradient,
            Spectrum.Of(name + "In", Space.Worker, tiles, x.Channels * across * target.Lanes),
            Spectrum.Of(name + "Out", Space.Worker, tiles, gradient.Channels * across * target.Lanes),
            Spectrum.Of(name + "Sums", Space.Worker, tiles, pairs),
            new Buffer(name + "Scratch", Space.Worker, Scratch(tiles, target)),
            new Buffer(name + "Taps", Space.Worker, layer.Taps * pairs), result);
    }

    private static int Scratch(WinogradTiles tiles, Target target) => tiles.Products * target.Lanes;
}
