using System.Collections.Immutable;
using System.Globalization;

namespace StaticCnn.Figures;

/// <summary>A block of an architecture's picture: a layer that changes the shape, and those behind it that do not.</summary>
/// <param name="Main">The layer.</param>
/// <param name="Followers">ReLUs and dropouts behind it.</param>
internal sealed record Stage(LayerInfo Main, ImmutableArray<LayerInfo> Followers)
{
    public static ImmutableArray<Stage> Of(ReadOnlySpan<LayerInfo> layers)
    {
        var stages = ImmutableArray.CreateBuilder<Stage>();
        foreach (var layer in layers)
        {
            if (stages.Count > 0 && layer.Kind is LayerKind.ReLU or LayerKind.Dropout) stages[^1] = stages[^1] with { Followers = stages[^1].Followers.Add(layer) };
            else stages.Add(new Stage(layer, []));
        }
        return stages.ToImmutable();
    }

    /// <summary>What it does, one line for each of its layers.</summary>
    public IEnumerable<string> Lines()
    {
        var options = Main.Options;
        switch (Main.Kind)
        {
            case LayerKind.Conv2d:
                yield return $"conv {Pair(options.WindowHeight, options.WindowWidth)}";
                if (options is not { StrideHeight: 1, StrideWidth: 1 }) yield return $"stride {Amount(options.StrideHeight, options.StrideWidth)}";
                if (options is not { PaddingHeight: 0, PaddingWidth: 0 }) yield return $"padding {Amount(options.PaddingHeight, options.PaddingWidth)}";
                break;
            case LayerKind.MaxPool2d:
                yield return $"max {Pair(options.WindowHeight, options.WindowWidth)}";
                if (options.StrideHeight != options.WindowHeight || options.StrideWidth != options.WindowWidth)
                    yield return $"stride {Amount(options.StrideHeight, options.StrideWidth)}";
                break;
            case LayerKind.Flatten:
                yield return "to a vector";
                break;
            default:
                yield return Main.Kind.ToString().ToLowerInvariant();
                break;
        }
        foreach (var follower in Followers)
            yield return follower.Kind == LayerKind.Dropout ? $"dropout {Wording.Percent(follower.Options.Probability, 0)}" : follower.Kind.ToString();
    }

    private static string Amount(int vertical, int horizontal) =>
        vertical == horizontal ? vertical.ToString(CultureInfo.InvariantCulture) : Pair(vertical, horizontal);

    private static string Pair(int height, int width) => FormattableString.Invariant($"{height}×{width}");
}
