using System.Text.Json;
using StaticCnn.Digit.Tests.Support;

namespace StaticCnn.Digit.Tests;

/// <summary>The native program <c>digit</c>, as a user runs it.</summary>
[Collection(nameof(PublishedCollection))]
public sealed class DigitTests(Published published)
{
    private const int LargestProgram = 3_500_000;

    public static TheoryData<string> Kinds => [.. DrawnFiles.Kinds.Keys];

    [Fact]
    public void It_trains_first_and_is_one_small_file()
    {
        Assert.Contains(published.DigitBuild.Lines, line => line.Contains("There are no weights of SimpleCnn", StringComparison.Ordinal));
        Assert.True(File.Exists(published.Weights));
        Assert.InRange(new FileInfo(published.Digit).Length, 1, LargestProgram);
        Assert.DoesNotContain(Directory.GetFiles(Path.GetDirectoryName(published.Digit)!), file => file.EndsWith(".dll", StringComparison.Ordinal));
    }

    [Fact]
    public void It_is_as_accurate_as_the_test_command()
    {
        const int Count = 1000;
        var (images, labels) = TestSet(Count);
        string folder = published["first"];
        foreach (string set in (string[])["train", "t10k"])
        {
            IdxFile.WriteImages(Path.Combine(folder, set + "-images-idx3-ubyte"), images);
            IdxFile.WriteLabels(Path.Combine(folder, set + "-labels-idx1-ubyte"), labels);
        }
        var test = Published.RunJit([], "test", "--data", folder, "--weights", published.Weights, "--json");
        int expected = JsonDocument.Parse(test.Output).RootElement.GetProperty("correct").GetInt32();

        string packed = published["images.gz"];
        IdxFile.WriteImages(packed, images);
        var run = ProcessRun.Of(published.Digit, "--json", "--index", "0-999", packed);

        var answers = JsonDocument.Parse(run.Output).RootElement.EnumerateArray().ToList();
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(Enumerable.Range(0, Count), answers.Select(answer => answer.GetProperty("index").GetInt32()));
        Assert.Equal(expected, answers.Where((answer, i) => answer.GetProperty("label").GetInt32() == labels[i]).Count());
        Assert.True(expected > 0.95 * Count, $"{expected} of {Count}");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void It_reads_drawn_digits(string kind)
    {
        string[] files = [.. Enumerable.Range(0, 10).Select(digit => published[$"{kind}-{Published.Text(digit)}"])];
        for (int digit = 0; digit < 10; digit++) File.WriteAllBytes(files[digit], DrawnFiles.Kinds[kind](digit));

        var run = ProcessRun.Of(published.Digit, files);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        int right = run.Lines.Where((line, digit) => line[0] - '0' == digit && line.EndsWith(" %  " + files[digit], StringComparison.Ordinal)).Count();
        Assert.True(right >= LeastRight, $"{right} of 10 are right:\n{run.Output}");
    }

    /// <summary>A network that learnt from drawn digits alone knows less of other hands than one that learnt from MNIST.</summary>
    private static int LeastRight => Published.Data.StartsWith("procedural", StringComparison.Ordinal) ? 6 : 9;

    [Fact]
    public void Several_files_go_on_past_a_bad_one()
    {
        string good = Raw("good", 3), bad = published["no such file"];

        var run = ProcessRun.Of(published.Digit, good, bad, good);

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(2, run.Lines.Length);
        Assert.Equal([$"digit: error SCNN120: {bad}: there is no such file."], run.ErrorLines);
    }

    [Fact]
    public void It_reads_standard_input_and_gives_the_same_answer_as_the_managed_program()
    {
        string file = Raw("same", 5);
        string[] arguments = ["--json", file];
        var native = ProcessRun.Of(published.Digit, arguments);
        var piped = ProcessRun.Of(published.Digit, [], File.ReadAllBytes(file), "--json");
        var managed = Published.RunJit(new() { ["DOTNET_EnableAVX512"] = "0" }, ["predict", "--weights", published.Weights, .. arguments]);

        Assert.Equal(0, native.ExitCode);
        Assert.Equal(native.Output, managed.Output); // The same bits at the same vector width.
        Assert.Equal(native.Output.Replace(file, "-", StringComparison.Ordinal), piped.Output);
    }

    [Fact]
    public void It_names_several_classes_and_draws_what_the_network_saw()
    {
        var run = ProcessRun.Of(published.Digit, "--top", "3", "--show", Raw("shown", 0));

        Assert.Equal(0, run.ExitCode);
        Assert.Matches(@"^\d +\d+\.\d %   \d +\d+\.\d %   \d +\d+\.\d %  ", run.Output);
        Assert.Equal(1 + 28 + 10, run.Output.TrimEnd('\n').Split('\n').Length);
        Assert.Contains("@@", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--nonsense")]
    [InlineData("--top", "0", "x")]
    [InlineData("--top", "11", "x")]
    [InlineData("--top")]
    [InlineData("--index", "5-1", "x")]
    [InlineData("--index=-1", "x")]
    [InlineData("--json=yes", "x")]
    [InlineData("--json", "--show", "x")]
    [InlineData("")]
    public void Wrong_usage_is_one_line_and_exit_code_2(params string[] args)
    {
        var run = ProcessRun.Of(published.Digit, args);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("digit: error SCNN100: ", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public void The_version_tells_the_vector_width()
    {
        var run = ProcessRun.Of(published.Digit, "--version");

        Assert.Equal(0, run.ExitCode);
        Assert.Matches(@"^digit \d+\.\d+\.\d+, 256-bit vectors, compiled ahead of time\n$", run.Output);
    }

    [Fact]
    public void Without_the_decoder_other_files_are_read_and_pictures_get_a_clear_error()
    {
        string alone = published["alone"], png = published["some.png"];
        Directory.CreateDirectory(alone);
        string program = Path.Combine(alone, "digit");
        File.Copy(published.Digit, program);
        File.WriteAllBytes(png, DrawnFiles.Kinds["PNG"](7));

        var run = ProcessRun.Of(program, png, Raw("alone", 1));

        Assert.Equal(1, run.ExitCode);
        Assert.Single(run.Lines);
        Assert.StartsWith($"digit: error SCNN122: {png}: a PNG file needs SkiaSharp's library", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    private string Raw(string name, int index)
    {
        string path = published[name + ".raw"];
        var (images, _) = TestSet(10);
        File.WriteAllBytes(path, images.Pixels.AsSpan(784 * index, 784));
        return path;
    }

    private static (IdxImages Images, byte[] Labels) TestSet(int count)
    {
        if (Published.Data.StartsWith("procedural", StringComparison.Ordinal))
        {
            var (pixels, labels) = Mnist.Data.ProceduralDigits.Generate(seed: 77, count, threads: 1);
            return (new IdxImages(pixels, count, new TensorShape(1, 28, 28)), labels);
        }
        var test = IdxFolder.Open(Published.Data).ReadTest();
        return (new IdxImages(test.Images.Pixels[..(784 * count)], count, test.Shape), test.Labels[..count]);
    }
}
