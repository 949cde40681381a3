using System.Security.Cryptography;
using CsCheck;
using StaticCnn.Mnist.Data;

namespace StaticCnn.Mnist.Tests.Data;

public class ProceduralDigitsTests
{
    private const int Side = ProceduralDigits.Side;
    private const int Length = ProceduralDigits.ImageLength;
    private static readonly (byte[] Pixels, byte[] Labels) s_set = ProceduralDigits.Generate(1, 2000, 2);

    // Any digit of any set.
    private static readonly Gen<(ulong Seed, int Index)> s_place = Gen.Select(Gen.ULong, Gen.Int[0, int.MaxValue]);

    [Fact]
    public void Bytes_are_those_that_the_published_figures_were_measured_with()
    {
        // Changes with every change to the drawing; then docs/procedural-digits.md must be measured anew.
        string hash = Convert.ToHexStringLower(SHA256.HashData([.. s_set.Pixels, .. s_set.Labels]));

        Assert.Equal(ProceduralDigits.Version, hash);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    public void Thread_count_does_not_change_a_byte(int threads)
    {
        (byte[] pixels, byte[] labels) = ProceduralDigits.Generate(1, 2000, threads);

        Assert.Equal(s_set.Pixels, pixels);
        Assert.Equal(s_set.Labels, labels);
    }

    [Fact]
    public void Smaller_set_is_the_beginning_of_a_larger_one()
    {
        (byte[] pixels, byte[] labels) = ProceduralDigits.Generate(1, 137, 1);

        Assert.Equal(s_set.Pixels[..(137 * Length)], pixels);
        Assert.Equal(s_set.Labels[..137], labels);
    }

    [Fact]
    public void Digit_drawn_alone_is_the_one_of_the_set()
    {
        var pixels = new byte[Length];
        for (int index = 1999; index >= 0; index -= 111)
        {
            ProceduralDigits.Draw(1, index, pixels, out int label);

            Assert.Equal(s_set.Pixels[(index * Length)..((index + 1) * Length)], pixels);
            Assert.Equal(s_set.Labels[index], label);
        }
    }

    [Fact]
    public void No_picture_occurs_twice_within_a_set_or_in_sets_of_two_seeds()
    {
        (byte[] other, _) = ProceduralDigits.Generate(2, 2000, 2);
        var seen = new HashSet<string>();

        foreach (byte[] image in s_set.Pixels.Chunk(Length).Concat(other.Chunk(Length)))
        {
            Assert.True(seen.Add(Convert.ToHexString(SHA256.HashData(image))));
        }
    }

    [Theory]
    [InlineData(10)]
    [InlineData(1999)]
    [InlineData(2000)]
    public void Labels_are_balanced_for_any_count(int count)
    {
        int[] counts = Count(s_set.Labels.AsSpan(0, count));

        Assert.InRange(counts.Max() - counts.Min(), 0, count % 10 == 0 ? 0 : 1);
    }

    [Fact]
    public void Labels_are_shuffled()
    {
        // Each digit comes first in some block of ten, and about as often as any other: 20 times in 200 blocks.
        int[] first = Count([.. s_set.Labels.Where((_, index) => index % 10 == 0)]);

        Assert.All(first, times => Assert.InRange(times, 5, 40));
    }

    [Fact]
    public void Ink_is_white_on_black_and_fills_a_box_of_20_by_aspect_ratio() => s_place.Sample(place =>
    {
        byte[] image = Draw(place);
        (int width, int height) = InkedBox(image);

        // A tapered end may leave the last row dark.
        Assert.InRange(Math.Max(width, height), 18, 20);
        Assert.Equal(0, image[0] + image[Side - 1] + image[^Side] + image[^1]);
        Assert.InRange(image.Max(), (byte)180, (byte)255);
    }, iter: 2000);

    [Fact]
    public void Centre_of_mass_is_nearest_to_pixel_14_14()
    {
        foreach (byte[] image in s_set.Pixels.Chunk(Length))
        {
            (double x, double y) = CentreOfMass(image);

            Assert.InRange(x, 13.499, 14.501);
            Assert.InRange(y, 13.499, 14.501);
        }
    }

    [Fact]
    public void Centre_of_mass_is_within_a_pixel_of_14_14_even_where_a_faint_column_falls_off_the_edge() => s_place.Sample(place =>
    {
        // One in 100,000 is so heavy at one end. In MNIST's own training images the farthest is 0.52 away.
        (double x, double y) = CentreOfMass(Draw(place));

        Assert.InRange(x, 13, 15);
        Assert.InRange(y, 13, 15);
    }, iter: 2000);

    [Fact]
    public void No_picture_is_blank_or_a_blot() => s_place.Sample(place =>
    {
        double ink = Draw(place).Sum(pixel => pixel / 255.0);

        // MNIST's own training images hold between 19 and 345.
        Assert.InRange(ink, 15, 350);
    }, iter: 2000);

    [Fact]
    public void Labels_name_what_the_pictures_show()
    {
        // Even the nearest of ten mean pictures tells most digits of another set.
        var means = new double[10][];
        for (int digit = 0; digit < 10; digit++)
        {
            byte[][] images = [.. s_set.Pixels.Chunk(Length).Where((_, i) => s_set.Labels[i] == digit)];
            means[digit] = [.. Enumerable.Range(0, Length).Select(pixel => images.Average(image => image[pixel]))];
        }

        (byte[] pixels, byte[] labels) = ProceduralDigits.Generate(2, 1000, 2);
        int correct = pixels.Chunk(Length).Zip(labels).Count(pair => Nearest(means, pair.First) == pair.Second);

        Assert.InRange(correct, 650, 1000);
    }

    [Fact]
    public void Wrong_arguments_are_named()
    {
        Assert.Contains("784", Assert.Throws<ArgumentException>("pixels", () => ProceduralDigits.Draw(1, 0, new byte[783], out _)).Message);
        Assert.Throws<ArgumentOutOfRangeException>("index", () => ProceduralDigits.Draw(1, -1, new byte[Length], out _));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => ProceduralDigits.Generate(1, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => ProceduralDigits.Generate(1, int.MaxValue, 1));
        Assert.Throws<ArgumentOutOfRangeException>("threads", () => ProceduralDigits.Generate(1, 1, 0));
    }

    private static byte[] Draw((ulong Seed, int Index) place)
    {
        var pixels = new byte[Length];
        ProceduralDigits.Draw(place.Seed, place.Index, pixels, out _);
        return pixels;
    }

    private static int[] Count(ReadOnlySpan<byte> labels)
    {
        var counts = new int[10];
        foreach (byte label in labels) counts[label]++;
        return counts;
    }

    private static (int Width, int Height) InkedBox(byte[] image)
    {
        int[] inked = [.. Enumerable.Range(0, Length).Where(i => image[i] > 0)];
        return (inked.Max(i => i % Side) - inked.Min(i => i % Side) + 1, inked.Max(i => i / Side) - inked.Min(i => i / Side) + 1);
    }

    private static (double X, double Y) CentreOfMass(byte[] image)
    {
        double mass = image.Sum(pixel => (double)pixel);
        return (image.Select((pixel, i) => pixel * (double)(i % Side)).Sum() / mass, image.Select((pixel, i) => pixel * (double)(i / Side)).Sum() / mass);
    }

    private static int Nearest(double[][] means, byte[] image) =>
        Enumerable.Range(0, 10).MinBy(digit => means[digit].Zip(image).Sum(pair => (pair.First - pair.Second) * (pair.First - pair.Second)));
}
