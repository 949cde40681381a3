using System.Globalization;
using System.Runtime.Intrinsics;
using StaticCnn.Digit.Tests.Support;
using StaticCnn.Mnist;

namespace StaticCnn.Digit.Tests;

/// <summary>The library libdigit, called from C.</summary>
[Collection(nameof(PublishedCollection))]
public sealed class NativeLibraryTests(Published published)
{
    [Fact]
    public void The_sample_reads_a_digit()
    {
        string program = Compile("samples/Native/read_digit.c", "read_digit"), raw = published["sample.raw"];
        byte[] pixels = new byte[784];
        Mnist.Data.ProceduralDigits.Draw(5, 12, pixels, out _);
        File.WriteAllBytes(raw, pixels);

        var run = ProcessRun.Of(program, raw);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var digit = ProcessRun.Of(published.Digit, raw);
        Assert.Equal(digit.Output.Replace($"  {raw}", "", StringComparison.Ordinal).Replace("  ", " ", StringComparison.Ordinal), run.Output.Replace("  ", " ", StringComparison.Ordinal));
        Assert.Equal(2, ProcessRun.Of(program, "missing").ExitCode);
    }

    [Fact]
    public void C_gets_the_bits_that_the_jit_computes_and_nothing_is_allocated()
    {
        const int Count = 100;
        byte[] bytes = new byte[Count * 784];
        for (int i = 0; i < Count; i++) Mnist.Data.ProceduralDigits.Draw(6, i, bytes.AsSpan(i * 784, 784), out _);
        File.WriteAllBytes(published["hundred.raw"], bytes);
        string program = Compile("tests/Digit.Tests/check_library.c", "check_library");

        var run = ProcessRun.Of(program, published["hundred.raw"], published.Weights);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(FormattableString.Invariant($"SimpleCnn, StaticCnn {Version}, {Bits}-bit vectors"), run.Lines[0]);
        Assert.Equal("allocated 0", run.Lines[1]);
        var model = SimpleCnn.Load(published.Weights);
        float[] images = new float[Count * 784], all = new float[Count * 10], one = new float[10];
        BatchReader.ToFloats(bytes, images);
        model.ForwardBatch(images, all);
        Assert.Equal(all.Select(Hex), run.Lines.Skip(2).Take(Count * 10));
        model.Forward(images.AsSpan(0, 784), one);
        Assert.Equal(one.Select(Hex), run.Lines.Skip(2 + Count * 10));
    }

    /// <summary>The runtime within the library stays when its last user is gone: threads that end later still find its code.</summary>
    [Fact]
    public void It_is_loaded_and_closed_again_and_again_and_changes_of_its_host_what_the_page_says()
    {
        if (!OperatingSystem.IsLinux()) return;
        string program = Compile("tests/Digit.Tests/reload_library.c", "reload_library", link: false);

        var run = ProcessRun.Of(program, Path.Combine(published.Library, Published.LibraryName), "30");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.EndsWith(", then +0", run.Lines[^1], StringComparison.Ordinal);
        string page = File.ReadAllText(Repository.PathTo("docs", "native.md"));
        Assert.All(run.Lines[..^1], change => Assert.Contains($"`{change.Split(' ')[0]}`", page, StringComparison.Ordinal));
    }

    [Fact]
    public void The_header_tells_the_network()
    {
        string header = File.ReadAllText(Path.Combine(published.Library, "digit.h"));

        Assert.Contains("#define DIGIT_IMAGE_LENGTH 784\n#define DIGIT_CLASS_COUNT 10\n", header, StringComparison.Ordinal);
        string probe = published["probe.cpp"];
        File.WriteAllText(probe, "#include \"digit.h\"\nint main() { return digit_class_count() == DIGIT_CLASS_COUNT ? 0 : 1; }\n");
        Assert.Equal(0, ProcessRun.Of(Compile(probe, "probe")).ExitCode); // C++ reads it too.
    }

    private static int Bits => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    private static string Version => typeof(CnnModelAttribute).Assembly.GetName().Version!.ToString(3);

    private static string Hex(float value) => BitConverter.SingleToUInt32Bits(value).ToString("x8", CultureInfo.InvariantCulture);

    /// <summary>Compiles with whichever compiler is there, as strictly as it can.</summary>
    private string Compile(string source, string name, bool link = true)
    {
        string program = Path.Combine(published.Library, name), compiler = Compiler();
        string[] standard = source.EndsWith(".c", StringComparison.Ordinal) ? ["-std=c99", "-pedantic"] : [];
        var run = ProcessRun.Of(compiler, [
            "-Wall", "-Wextra", "-Werror", .. standard, Repository.PathTo(source), "-I", published.Library,
            .. link ? (string[])[Path.Combine(published.Library, Published.LibraryName), "-Wl,-rpath," + published.Library] : ["-pthread", "-ldl"],
            "-o", program,
        ]);
        Assert.True(run.ExitCode == 0, run.Error);
        return program;
    }

    private static string Compiler() => Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, "clang"))) ? "clang" : "gcc";
}
