using SkiaSharp;
using StaticCnn.Figures.Drawing;
using StaticCnn.Figures.Motion;

namespace StaticCnn.Figures.Tests.Motion;

public sealed class AnimationTests
{
    private static readonly Animation Sample = ConvolutionAnimation.Create(
        TestCnn.Create(seed: 1), TestImages.Of(TestCnn.Layers[0].Input, TestCnn.ClassCount, 12), channel: 2, digit: 1);

    private static readonly Dictionary<AnimationFormat, Lazy<byte[]>> Files =
        Enum.GetValues<AnimationFormat>().ToDictionary(format => format, format => new Lazy<byte[]>(() => Write(format)));

    [Fact]
    public void A_png_runs_for_ever_and_shows_each_frame_for_its_time()
    {
        var png = new AnimatedPng(Files[AnimationFormat.Png].Value);
        Assert.Equal(Sample.Frames.Length, png.Count);
        Assert.Equal(png.Count, png.Frames.Length);
        Assert.Equal(0, png.Plays);
        Assert.Equal((Sample.Width, Sample.Height), (png.Width, png.Height));
        Assert.Equal(["IHDR", "acTL", "fcTL", "IDAT"], png.Types.Take(4));
        Assert.Equal("IEND", png.Types[^1]);
        Assert.Equal(Sample.Frames.Select(frame => (int)frame.Duration.TotalMilliseconds), png.Frames.Select(frame => frame.Milliseconds));
    }

    [Fact]
    public void A_png_shows_exactly_what_is_drawn()
    {
        var png = new AnimatedPng(Files[AnimationFormat.Png].Value);
        foreach (int frame in SomeFrames())
        {
            using var seen = png.Seen(frame);
            Assert.Equal(0, LargestDifference(seen, frame));
        }
    }

    [Fact]
    public void A_webp_runs_for_ever_and_shows_what_is_drawn()
    {
        using var data = SKData.CreateCopy(Files[AnimationFormat.WebP].Value);
        using var codec = SKCodec.Create(data);
        Assert.Equal(SKEncodedImageFormat.Webp, codec.EncodedFormat);
        Assert.Equal(Sample.Frames.Length, codec.FrameCount);
        Assert.Equal(-1, codec.RepetitionCount);
        Assert.Equal((Sample.Width, Sample.Height), (codec.Info.Width, codec.Info.Height));
        Assert.Equal(Sample.Frames.Select(frame => (int)frame.Duration.TotalMilliseconds), codec.FrameInfo.Select(frame => frame.Duration));
        foreach (int frame in SomeFrames())
        {
            using var seen = new SKBitmap(new SKImageInfo(Sample.Width, Sample.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
            Assert.Equal(SKCodecResult.Success, codec.GetPixels(seen.Info, seen.GetPixels(), new SKCodecOptions(frame)));
            Assert.InRange(LargestDifference(seen, frame), 0, 7); // Where a frame has more than 256 colours.
        }
    }

    [Theory]
    [InlineData(AnimationFormat.WebP)]
    [InlineData(AnimationFormat.Png)]
    public void The_bytes_are_the_same_each_time(AnimationFormat format) => Assert.Equal(Files[format].Value, Write(format));

    [Fact]
    public void A_file_that_cannot_be_named_is_refused() =>
        Assert.Contains(".webp, .png or .apng", Assert.Throws<ArgumentException>(() => Sample.Save("kernel.gif", Theme.Light)).Message);

    [Fact]
    public void Work_can_be_ended_between_two_frames()
    {
        using var source = new CancellationTokenSource();
        var progress = new Cancelling(source, after: 3);
        Assert.Throws<OperationCanceledException>(() => Sample.Write(Stream.Null, AnimationFormat.Png, Theme.Light, 1, progress, source.Token));
        Assert.Equal(3, progress.Last);
    }

    private static int[] SomeFrames() => [0, 1, Sample.Frames.Length / 2, Sample.Frames.Length - 1];

    private static byte[] Write(AnimationFormat format)
    {
        using var stream = new MemoryStream();
        Sample.Write(stream, format, Theme.Light);
        return stream.ToArray();
    }

    private static int LargestDifference(SKBitmap seen, int frame)
    {
        using var image = Sample.FigureOf(frame).Render(Theme.Light, scale: 1);
        using var drawn = SKBitmap.FromImage(image);
        Assert.Equal((drawn.Width, drawn.Height), (seen.Width, seen.Height));
        var (left, right) = (drawn.Pixels, seen.Pixels);
        int largest = 0;
        for (int i = 0; i < left.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(left[i].Red - right[i].Red));
            largest = Math.Max(largest, Math.Abs(left[i].Green - right[i].Green));
            largest = Math.Max(largest, Math.Abs(left[i].Blue - right[i].Blue));
        }
        return largest;
    }

    private sealed class Cancelling(CancellationTokenSource source, int after) : IProgress<int>
    {
        public int Last { get; private set; }

        public void Report(int value)
        {
            Last = value;
            if (value == after) source.Cancel();
        }
    }
}
