using System.Collections.Immutable;

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
                yield return $"conv {options.WindowHeight}×{options.WindowWidth}{Steps(options, naturalStride: 1)}{Padding(options)}";
                break;
            case LayerKind.MaxPool2d:
                yield return $"max {options.WindowHeight}×{options.WindowWidth}{Steps(options, options.WindowHeight)}";
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

    private static string Steps(LayerOptions o, int naturalStride) =>
        o.StrideHeight == naturalStride && o.StrideWidth == naturalStride ? ""
        : o.StrideHeight == o.StrideWidth ? FormattableString.Invariant($", step {o.StrideHeight}")
        : FormattableString.Invariant($", step {o.StrideHeight}×{o.StrideWidth}");

    private static string Padding(LayerOptions o) =>
        o is { PaddingHeight: 0, PaddingWidth: 0 } ? ""
        : o.PaddingHeight == o.PaddingWidth ? FormattableString.Invariant($", pad {o.PaddingHeight}")
        : FormattableString.Invariant($", pad {o.PaddingHeight}×{o.PaddingWidth}");
}
