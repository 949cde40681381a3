using StaticCnn.Generator.Declaration;
using StaticCnn.Generator.Network;
using Conv2dLayer = StaticCnn.Generator.Layers.Conv2d;
using DropoutLayer = StaticCnn.Generator.Layers.Dropout;
using FlattenLayer = StaticCnn.Generator.Layers.Flatten;
using LinearLayer = StaticCnn.Generator.Layers.Linear;
using MaxPool2dLayer = StaticCnn.Generator.Layers.MaxPool2d;
using ReluLayer = StaticCnn.Generator.Layers.ReLU;

namespace StaticCnn.Generator.Diagnostics;

/// <summary>What is legal but unwise in a declaration without mistakes. Only what is certain: nothing here is a matter of taste.</summary>
internal static class Suggestions
{
    /// <summary>Floats of the vectors of most processors; what fills them fills those of 128 bits, too.</summary>
    private const int Lanes = 8;

    /// <summary>Images of the largest shard, at 512 bits.</summary>
    private const int BatchLanes = 16;

    public static IEnumerable<DeclarationError> For(ModelDeclaration declaration, CnnNetwork network)
    {
        var learning = Enumerable.Range(0, network.Layers.Count).Where(i => network.Layers[i] is Conv2dLayer or LinearLayer).ToList();
        return network.Layers.SelectMany((_, i) => ForLayer(declaration.Layers[i], network, learning, i)).Concat(ForBatch(network.Recipe));
    }

    private static IEnumerable<DeclarationError> ForLayer(LayerDeclaration declared, CnnNetwork network, List<int> learning, int index)
    {
        var place = Place.Layer(index);
        var layer = network.Layers[index];
        int last = learning[learning.Count - 1];
        switch (layer)
        {
            case DropoutLayer { Probability: 0 }:
                yield return new(Fault.DoesNothing, place, layer.Name, "its probability is 0");
                break;
            case DropoutLayer when index > last:
                yield return new(Fault.DropoutAtTheEnd, place, layer.Name, network.Layers[last].Name) { Before = Place.Layer(last) };
                break;
            case ReluLayer when index > last:
                yield return new(Fault.ReluAtTheEnd, place, layer.Name);
                break;
            case ReluLayer when BendingBefore(network, index) is ReluLayer earlier:
                yield return new(Fault.DoesNothing, place, layer.Name, $"{earlier.Name} before it has left no negative value");
                break;
            case MaxPool2dLayer { WindowHeight: 1, WindowWidth: 1, StrideHeight: 1, StrideWidth: 1 }:
                yield return new(Fault.DoesNothing, place, layer.Name, "its window is a single value");
                break;
        }

        if (layer is Conv2dLayer conv)
        {
            if (conv.StrideHeight > conv.KernelHeight || conv.StrideWidth > conv.KernelWidth)
            {
                yield return SkipsPixels(
                    place, conv.Name, (conv.StrideHeight, conv.StrideWidth), (conv.KernelHeight, conv.KernelWidth),
                    declared.Int("StrideHeight"), declared.Int("StrideWidth"), declared.Int("Stride"));
            }

            if (conv.Algorithm == Algorithm.Winograd && (conv.StrideHeight != 1 || conv.StrideWidth != 1))
            {
                yield return new(Fault.AlgorithmIgnored, place, conv.Name, Size((conv.StrideHeight, conv.StrideWidth)))
                {
                    Remedy = Setting.One("Algorithm", ""),
                };
            }
        }

        if (layer is MaxPool2dLayer pool
            && (pool.StrideHeight > pool.WindowHeight || pool.StrideWidth > pool.WindowWidth))
        {
            yield return SkipsPixels(
                place, pool.Name, (pool.StrideHeight, pool.StrideWidth), (pool.WindowHeight, pool.WindowWidth),
                declared.Int("StrideHeight"), declared.Int("StrideWidth"), declared.Int("Stride"));
        }

        if (!learning.Contains(index) || index == last) yield break;
        if (WastesLanes(layer, place) is { } waste) yield return waste;
        int next = learning[learning.IndexOf(index) + 1];
        if (!network.Layers.Skip(index + 1).Take(next - index - 1).Any(Bends))
            yield return new(Fault.NothingBetween, place, layer.Name, network.Layers[next].Name);
    }

    private static DeclarationError SkipsPixels(
        Place place, string name, (int Height, int Width) stride, (int Height, int Width) window, int? setHeight, int? setWidth, int? setBoth)
    {
        var remedy = new List<Setting>();
        if (setHeight > window.Height) remedy.Add(new("StrideHeight", window.Height));
        if (setWidth > window.Width) remedy.Add(new("StrideWidth", window.Width));
        if (setBoth > Math.Min(window.Height, window.Width)) remedy.Add(new("Stride", Math.Min(window.Height, window.Width)));
        return new(Fault.SkipsPixels, place, name, Size(stride), Size(window)) { Remedy = remedy.ToEquatableArray() };
    }

    /// <summary>A tenth of the work and more for nothing. Very narrow layers are so on purpose.</summary>
    private static DeclarationError? WastesLanes(Layer layer, Place place)
    {
        int width = layer.Output.Channels, full = RoundUp(width, Lanes);
        if (width <= Lanes / 2 || 10 * (full - width) < full) return null;
        string what = layer.WidthOption == "outChannels" ? "channels" : "features";
        return new(Fault.WastesLanes, place, layer.Name, FormattableString.Invariant($"{width}"), what, FormattableString.Invariant($"{full}"))
        {
            Remedy = new[] { new Setting(layer.WidthOption, full) }.ToEquatableArray(),
        };
    }

    private static IEnumerable<DeclarationError> ForBatch(Recipe recipe)
    {
        int full = RoundUp(recipe.BatchSize, BatchLanes);
        if (full == recipe.BatchSize) yield break;
        yield return new(Fault.WastesBatchLanes, Place.Training, FormattableString.Invariant($"{recipe.BatchSize}"), FormattableString.Invariant($"{full}"))
        {
            Remedy = new[] { new Setting("BatchSize", full) }.ToEquatableArray(),
        };
    }

    /// <summary>The nearest layer before one that does more than pass values on; the largest of values that are not negative is none either.</summary>
    private static Layer? BendingBefore(CnnNetwork network, int index) =>
        network.Layers.Take(index).LastOrDefault(layer => layer is not (MaxPool2dLayer or FlattenLayer or DropoutLayer));

    private static bool Bends(Layer layer) => layer is ReluLayer or MaxPool2dLayer { WindowHeight: > 1 } or MaxPool2dLayer { WindowWidth: > 1 };

    private static int RoundUp(int value, int step) => (value + step - 1) / step * step;

    private static string Size((int Height, int Width) size) => FormattableString.Invariant($"{size.Height}x{size.Width}");
}
