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
            if (stages.Count > 0 && layer.Attribute is ReLUAttribute or DropoutAttribute) stages[^1] = stages[^1] with { Followers = stages[^1].Followers.Add(layer) };
            else stages.Add(new Stage(layer, []));
        }
        return stages.ToImmutable();
    }

    /// <summary>What it does, one line for each of its layers.</summary>
    public IEnumerable<string> Lines()
    {
        switch (Main.Attribute)
        {
            case Conv2dAttribute options:
                yield return $"conv {Pair(options.KernelHeight, options.KernelWidth)}";
                if (options is not { StrideHeight: 1, StrideWidth: 1 }) yield return $"stride {Amount(options.StrideHeight, options.StrideWidth)}";
                if (options is not { PaddingHeight: 0, PaddingWidth: 0 }) yield return $"padding {Amount(options.PaddingHeight, options.PaddingWidth)}";
                break;
            case MaxPool2dAttribute options:
                yield return $"max {Pair(options.WindowHeight, options.WindowWidth)}";
                if (options.StrideHeight != options.WindowHeight || options.StrideWidth != options.WindowWidth)
                    yield return $"stride {Amount(options.StrideHeight, options.StrideWidth)}";
                break;
            case FlattenAttribute:
                yield return "to a vector";
                break;
            default:
                yield return Main.Kind.ToLowerInvariant();
                break;
        }
        foreach (var follower in Followers)
            yield return follower.Attribute is DropoutAttribute dropout ? $"dropout {Wording.Percent(dropout.Probability, 0)}" : follower.Kind;
    }

    private static string Amount(int vertical, int horizontal) =>
        vertical == horizontal ? vertical.ToString(CultureInfo.InvariantCulture) : Pair(vertical, horizontal);

    private static string Pair(int height, int width) => FormattableString.Invariant($"{height}×{width}");
}
