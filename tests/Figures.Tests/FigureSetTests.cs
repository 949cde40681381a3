using SkiaSharp;
using StaticCnn.Figures.Drawing;
using StaticCnn.Figures.History;

namespace StaticCnn.Figures.Tests;

public class FigureSetTests
{
    private const int Edge = 6;

    public static TheoryData<string> Names => [.. FigureSet<TestCnn>.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_figure_of_a_trained_network_is_the_same_bytes_each_time(string name)
    {
        Assert.Equal(Set<TestCnn>().Create(name).ToPng(Theme.Light), Set<TestCnn>().Create(name).ToPng(Theme.Light));
        Assert.Equal(Set<TestCnn>().Create(name).ToSvg(Theme.Dark), Set<TestCnn>().Create(name).ToSvg(Theme.Dark));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_is_cut_off_at_the_edges(string name)
    {
        AssertFreeEdges(Set<TestCnn>().Create(name));
        AssertFreeEdges(Set<OddCnn>().Create(name));
        AssertFreeEdges(Set<LongNamesCnn>().Create(name));
        AssertFreeEdges(Set<HundredCnn>().Create(name));
        if (name is "features" or "kernels") AssertFreeEdges(Set<OddCnn>().Create(name, new FigureOptions(Layer: "conv2")));
        if (name == "features") AssertFreeEdges(Set<OddCnn>().Create(name, new FigureOptions(Layer: "flatten")));
        if (name == "digits") AssertFreeEdges(Set<OddCnn>().Create(name, new FigureOptions(All: true)));
    }

    /// <summary>Between two layers there is a line without ink, from above their names to below the shapes of data flow.</summary>
    [Theory]
    [InlineData("architecture", 24 + 104, 104, 76 + 184, 76 + 200)]
    [InlineData("data-flow", 24 - 14, 140, 76, 76 + 22)]
    public void Long_names_keep_to_their_layers(string name, int start, int distance, int top, int bottom)
    {
        using var pixels = new Pixels(Set<LongNamesCnn>().Create(name));
        for (int x = start + distance; x < start + 6 * distance; x += distance)
            Assert.Equal(bottom - top, pixels.Count(Theme.Light.Background, new SKRect(x, top, x + 1, bottom)));
    }

    /// <summary>A screen shows it, and a mail takes it.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Many_classes_make_no_huge_figure(string name)
    {
        var figure = Set<HundredCnn>().Create(name);
        Assert.InRange(figure.Width, 100, 1600);
        Assert.InRange(figure.Height, 100, 2000);
        Assert.InRange(figure.ToSvg(Theme.Light).Length, 1000, 3_000_000);
    }

    [Fact]
    public void Every_figure_says_in_words_what_it_shows()
    {
        foreach (string name in FigureSet<TestCnn>.Names) Assert.InRange(Set<TestCnn>().Create(name).Alternative.Length, 30, 600);
        Assert.Equal(
            "TestCnn as blocks: input [1,8,8], conv1 [6,8,8], pool1 [6,4,4], flatten [96], fc1 [12], fc2 [3]; 1,263 parameters, 4,644 multiply-adds for an image.",
            Set<TestCnn>().Create("architecture").Alternative);
    }

    [Fact]
    public void What_cannot_be_drawn_is_said_in_one_line()
    {
        AssertFails(FigureProblem.Name, "There is no figure 'kernel'. The figures are samples, architecture, ", set => set.Create("kernel"));
        AssertFails(FigureProblem.Layer, "There is no layer 'conv9'. The layers are conv1, relu1, pool1, ", set => set.Create("features", new(Layer: "conv9")));
        AssertFails(FigureProblem.Layer, "pool1 has no kernels: it is a MaxPool2d, not a Conv2d.", set => set.Create("kernels", new(Layer: "pool1")));
        AssertFails(FigureProblem.Digit, "No image of noise shows digit 7; its digits are 0, 1, 2.", set => set.Create("data-flow", new(Digit: 7)));
        AssertFails(FigureProblem.History, "There is no training history of these weights.", _ => Set<TestCnn>(withHistory: false).Create("training"));
        Assert.Equal(FigureProblem.Channel, Assert.Throws<FigureException>(() => Activations.CheckChannel(TestCnn.Layers[0], 6)).Problem);
    }

    [Fact]
    public void Digits_that_no_test_image_shows_are_left_out()
    {
        var set = Set<TestCnn>(testLabels: [0, 2]);
        foreach (string name in set.NamesFor(new FigureOptions())) AssertFreeEdges(set.Create(name, new FigureOptions(All: true)));
        Assert.StartsWith("A table of images: for each of the digits 0, 2 the image and ", set.Create("digits").Alternative);
        Assert.EndsWith("the accuracy of each digit; no image shows 1.", set.Create("confusion").Alternative);
        Assert.DoesNotContain("no image", Set<TestCnn>().Create("confusion").Alternative);
        Assert.Equal(FigureProblem.Digit, Assert.Throws<FigureException>(() => set.Create("data-flow", new FigureOptions(Digit: 1))).Problem);
    }

    [Fact]
    public void Without_a_history_all_other_figures_can_be_drawn()
    {
        var names = Set<TestCnn>(withHistory: false).NamesFor(new FigureOptions());
        Assert.Equal(FigureSet<TestCnn>.Names.Except(["training", "weights"]), names);
        Assert.DoesNotContain("kernels", Set<TestCnn>().NamesFor(new FigureOptions(Layer: "fc1")));
    }

    private static FigureSet<TModel> Set<TModel>(bool withHistory = true, byte[]? testLabels = null) where TModel : class, ICnnModel<TModel>
    {
        var model = TModel.Create(seed: 2);
        var images = TestImages.Of(TModel.InputShape, TModel.ClassCount, 64);
        var test = testLabels is null ? images : new LabeledImages(
            new IdxImages([.. testLabels.SelectMany(label => images.Pixels(label).ToArray())], testLabels.Length, images.Shape), testLabels, "a few");
        TrainingHistory? history = withHistory ? TestImages.Train(model, images, epochs: 2) : null;
        return new FigureSet<TModel>(model, images, test, history);
    }

    private static void AssertFails(FigureProblem problem, string start, Action<FigureSet<TestCnn>> draw)
    {
        var e = Assert.Throws<FigureException>(() => draw(Set<TestCnn>()));
        Assert.Equal(problem, e.Problem);
        Assert.StartsWith(start, e.Message);
        Assert.DoesNotContain('\n', e.Message);
    }

    private static void AssertFreeEdges(Figure figure)
    {
        using var pixels = new Pixels(figure);
        int Free(SKRect area) => pixels.Count(Theme.Light.Background, area);
        Assert.Equal(pixels.Width * Edge, Free(new SKRect(0, 0, pixels.Width, Edge)));
        Assert.Equal(pixels.Width * Edge, Free(new SKRect(0, pixels.Height - Edge, pixels.Width, pixels.Height)));
        Assert.Equal(pixels.Height * Edge, Free(new SKRect(0, 0, Edge, pixels.Height)));
        Assert.Equal(pixels.Height * Edge, Free(new SKRect(pixels.Width - Edge, 0, pixels.Width, pixels.Height)));
    }
}
