using StaticCnn.Generator.Network;
using Conv2dLayer = StaticCnn.Generator.Layers.Conv2d;
using MaxPool2dLayer = StaticCnn.Generator.Layers.MaxPool2d;

namespace StaticCnn.Generator.Plan;

/// <summary>
/// Strides as the plan walks them. Any declared stride is allowed, but one beyond the image takes no step; kept within
/// it, a stride times a pitch stays within the image's buffer, and so within an int.
/// </summary>
internal static class Strides
{
    public static CnnNetwork Apply(CnnNetwork network) => network with { Layers = network.Layers.Select(Within).ToEquatableArray() };

    private static Layer Within(Layer layer) => layer switch
    {
        Conv2dLayer conv => conv with
        {
            StrideHeight = Math.Min(conv.StrideHeight, conv.Input.Height + 2 * conv.PaddingHeight),
            StrideWidth = Math.Min(conv.StrideWidth, conv.Input.Width + 2 * conv.PaddingWidth),
        },
        MaxPool2dLayer pool => pool with
        {
            StrideHeight = Math.Min(pool.StrideHeight, pool.Input.Height),
            StrideWidth = Math.Min(pool.StrideWidth, pool.Input.Width),
        },
        _ => layer,
    };
}
