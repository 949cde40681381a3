using StaticCnn.Figures.Drawing;
using StaticCnn.Figures.Motion;

namespace StaticCnn.Figures.Tests.Motion;

public sealed class ConvolutionAnimationTests
{
    [Theory]
    [InlineData("conv1", 0)]
    [InlineData("conv1", 69)]
    [InlineData("conv2", 1)]
    public void Products_and_bias_add_up_to_what_the_network_computed(string layer, int channel)
    {
        var kernel = KernelOf(OddCnn.Create(seed: 4), layer, channel);
        for (int place = 0; place < kernel.Output.Length; place++) Assert.Equal(kernel.Output[place], kernel.Sum(place) + kernel.Bias, 1e-4f);
    }

    [Fact]
    public void The_window_moves_by_the_stride_and_reads_nothing_in_the_padding()
    {
        var kernel = KernelOf(OddCnn.Create(seed: 4), "conv1", 0); // 3x5, two columns a step, one row of padding.
        Assert.Equal((0, 0), (kernel.RowOf(0), kernel.ColumnOf(0)));
        Assert.Equal((0, 2), (kernel.RowOf(1), kernel.ColumnOf(1)));
        Assert.Equal((1, 0), (kernel.RowOf(5), kernel.ColumnOf(5)));
        var window = kernel.Window(0, 1);
        Assert.All(window[..5], value => Assert.Null(value));
        Assert.Equal(kernel.Plane(0).Slice(2, 5).ToArray(), window[5..10].Select(value => value!.Value));
    }

    [Fact]
    public void The_window_and_the_new_pixel_stand_where_they_must_be()
    {
        var kernel = KernelOf(TestCnn.Create(seed: 1), "conv1", 2);
        var scene = new FlatScene(kernel, label: 1);
        var scale = ColorScale.Diverging(kernel.Output);
        foreach (int place in new[] { 0, 9, 63 })
        {
            var moment = new Moment(kernel.RowOf(place), kernel.ColumnOf(place), place, place + 1, kernel.Rows, HasSum: true, IsSlow: true);
            using var pixels = new Pixels(new Figure("moment", "", scene.Width, scene.Height, canvas => scene.Draw(canvas, moment)));
            var window = scene.WindowAt(moment);
            float pixel = window.Width / 3;
            Assert.Equal(scene.Padded.Left + place % 8 * pixel, window.Left);
            Assert.Equal(scene.Padded.Top + place / 8 * pixel, window.Top);
            Assert.Equal(Theme.Light.Second, pixels[window.Left - 1.5f, window.MidY]);
            Assert.Equal(Theme.Light.Second, pixels[window.Right + 0.5f, window.MidY]);
            Assert.Equal(Theme.Light.Second, pixels[window.MidX, window.Top - 1.5f]);
            var output = scene.PixelOf(place);
            Assert.Equal(scale.ColorOf(kernel.Output[place]), pixels[output.MidX, output.MidY]);
            if (place + 1 < kernel.Output.Length)
            {
                var next = scene.PixelOf(place + 1);
                Assert.Equal(Theme.Light.Panel, pixels[next.MidX, next.MidY]);
            }
        }
    }

    [Fact]
    public void Over_several_channels_the_window_is_a_block_through_the_stack()
    {
        var kernel = KernelOf(OddCnn.Create(seed: 4), "conv1", 0);
        var scene = new VolumeScene(kernel, label: 1);
        var moment = new Moment(3, 4, Place: 17, Done: 18, kernel.Rows, HasSum: true, IsSlow: true);
        var corners = Enumerable.Range(0, 3).Select(plane => scene.WindowAt(plane, moment)).ToArray();
        for (int corner = 0; corner < 4; corner++)
        {
            Assert.Equal(corners[0][corner].Y, corners[2][corner].Y, 0.01f);
            Assert.Equal(corners[1][corner].X - corners[0][corner].X, corners[2][corner].X - corners[1][corner].X, 0.01f);
        }
        using var pixels = new Pixels(new Figure("moment", "", scene.Width, scene.Height, canvas => scene.Draw(canvas, moment)));
        Assert.Equal(Theme.Light.Second, pixels[corners[0][0].X, (corners[0][0].Y + corners[0][3].Y) / 2]); // The first plane hides nothing.
        var output = scene.PixelOf(17);
        Assert.Equal(ColorScale.Diverging(kernel.Output).ColorOf(kernel.Output[17]), pixels[output.MidX, output.MidY]);
    }

    [Fact]
    public void Every_output_appears_and_none_before_its_time()
    {
        var kernel = KernelOf(TestCnn.Create(seed: 1), "conv1", 0);
        var timeline = Timeline.Of(kernel, focus: 40, fastFrames: 20);
        Assert.Equal(0, timeline[0].Moment.Done);
        Assert.Equal(kernel.Output.Length, timeline[^1].Moment.Done);
        foreach (var (before, after) in timeline.Zip(timeline.Skip(1)))
        {
            Assert.InRange(after.Moment.Done - before.Moment.Done, 0, 4);
            Assert.True(after.Moment.Done <= after.Moment.Place + 1);
        }
        Assert.InRange(timeline.Length, 20, 150);
    }

    [Fact]
    public void The_still_shows_the_place_where_the_kernel_answers_most()
    {
        var model = TestCnn.Create(seed: 1);
        var images = TestImages.Of(TestCnn.Layers[0].Input, TestCnn.ClassCount, 12);
        var kernel = SlidingKernel.Of(model, Activations.Of(model, images.Floats(images.FirstOf(2))), layer: 0, channel: 3);
        int place = Array.IndexOf(kernel.Output, kernel.Output.Max());
        var scene = new FlatScene(kernel, label: 2);
        using var pixels = new Pixels(ConvolutionAnimation.Create(model, images, "conv1", 3, 2).Still);
        var output = scene.PixelOf(place);
        Assert.Equal(Theme.Light.Second, pixels[output.Left - 1.5f, output.MidY]);
        Assert.Equal(ColorScale.Diverging(kernel.Output).ColorOf(kernel.Output[place]), pixels[output.MidX, output.MidY]);
    }

    [Fact]
    public void Wrong_layers_channels_and_digits_are_named()
    {
        Assert.Equal(FigureProblem.Layer, Problem("conv9", 0, 1));
        Assert.Equal(FigureProblem.Layer, Problem("pool1", 0, 1));
        Assert.Equal(FigureProblem.Channel, Problem("conv1", 6, 1));
        Assert.Equal(FigureProblem.Digit, Problem("conv1", 5, 9));
    }

    private static FigureProblem Problem(string layer, int channel, int digit) => Assert.Throws<FigureException>(() => ConvolutionAnimation.Create(
        TestCnn.Create(), TestImages.Of(TestCnn.Layers[0].Input, TestCnn.ClassCount, 6), layer, channel, digit)).Problem;

    private static SlidingKernel KernelOf<TModel>(TModel model, string layer, int channel) where TModel : class, ICnnModel<TModel>
    {
        var image = TestImages.Of(TModel.InputShape, TModel.ClassCount, 2).Floats(1);
        return SlidingKernel.Of(model, Activations.Of(model, image), Activations.IndexOf(TModel.Layers, layer), channel);
    }
}
