using StaticCnn.Figures.Drawing;

namespace StaticCnn.Figures.Motion;

/// <summary>A learned kernel that slides over an image or over the maps of the layer before.</summary>
public static class ConvolutionAnimation
{
    /// <summary>Makes the animation of one kernel at work on one image.</summary>
    /// <param name="model">The network.</param>
    /// <param name="images">Images among which one shows the digit.</param>
    /// <param name="layer">The convolution; the first one unless it is named.</param>
    /// <param name="channel">The kernel's index.</param>
    /// <param name="digit">The digit: the first image with that label. A 7, where there is one, unless given.</param>
    /// <exception cref="FigureException">There is no such layer, kernel or image, or the layer is no convolution.</exception>
    public static Animation Create<TModel>(TModel model, LabeledImages images, string? layer = null, int channel = 0, int? digit = null)
        where TModel : class, ICnnModel<TModel>
    {
        Check<TModel>(layer, channel);
        int index = KernelsFigure.Convolution(TModel.Layers, layer);
        int image = images.FirstOf(digit ?? images.FavouriteDigit());
        var kernel = SlidingKernel.Of(model, Activations.Of(model, images.Floats(image)), index, channel);
        return Create(kernel, images.Labels[image]);
    }

    /// <summary>Checks what can be known before there are weights or data.</summary>
    /// <inheritdoc cref="Create{TModel}(TModel, LabeledImages, string?, int, int?)"/>
    public static void Check<TModel>(string? layer, int channel) where TModel : class, ICnnModel<TModel> =>
        Activations.CheckChannel(TModel.Layers[KernelsFigure.Convolution(TModel.Layers, layer)], channel);

    internal static Animation Create(SlidingKernel kernel, int label)
    {
        int focus = FocusOf(kernel.Output);
        IScene scene = kernel.Layer.Input.Channels == 1 ? new FlatScene(kernel, label) : new VolumeScene(kernel, label);
        var timeline = Timeline.Of(kernel, focus, scene.FastFrames);
        int still = timeline.IndexOf(timeline.Last(frame => frame.Moment.Place == focus));
        return new Animation(
            "convolution",
            $"Kernel {Wording.Count(kernel.Channel)} of {kernel.Layer.Name} slides over its input, {kernel.Layer.Input}, for a digit {label}: at each place it multiplies and adds, and one pixel of the output, {kernel.Layer.Output.Height} by {kernel.Layer.Output.Width}, appears.",
            scene.Width, scene.Height,
            [.. timeline.Select(frame => new AnimationFrame(TimeSpan.FromMilliseconds(frame.Milliseconds), canvas => scene.Draw(canvas, frame.Moment)))],
            still);
    }

    /// <summary>The place with the largest output: there the window is on what the kernel looks for.</summary>
    private static int FocusOf(float[] output) => Array.IndexOf(output, output.Max());
}

/// <summary>A view of a kernel at work.</summary>
internal interface IScene
{
    /// <summary>Units from left to right.</summary>
    int Width { get; }

    /// <summary>Units from top to bottom.</summary>
    int Height { get; }

    /// <summary>About how many frames the places may take that it does not pause at, for a file of a few megabytes at most.</summary>
    int FastFrames { get; }

    /// <summary>Draws one moment.</summary>
    void Draw(Canvas canvas, Moment moment);
}
