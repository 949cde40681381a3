using System.Text.Json;
using StaticCnn.Digit.Tests.Support;

namespace StaticCnn.Digit.Tests;

/// <summary>What StaticCnnInstructionSet promises; the old processor is an emulated one.</summary>
[Collection(nameof(PublishedCollection))]
public sealed class InstructionSetTests(Published published)
{
    private const string Emulator = "qemu-x86_64";

    /// <summary>Code for every machine uses 128-bit vectors whatever this machine has, and trains the very weights that the JIT trains with as wide ones.</summary>
    [LongFact]
    public void Portable_code_trains_the_same_weights_as_the_jit_at_the_same_width()
    {
        string[] arguments = ["train", "--data", "procedural:2000", "--epochs", "1", "--seed", "3", "--json", "--weights"];

        var native = ProcessRun.Of(published.Mnist, [.. arguments, published["native.safetensors"]]);
        var jit = Published.RunJit(new() { ["DOTNET_EnableAVX2"] = "0" }, [.. arguments, published["jit.safetensors"]]);

        Assert.Equal((0, 0), (native.ExitCode, jit.ExitCode));
        Assert.Equal((128, 128), (Number(native, "vectorBits"), Number(jit, "vectorBits")));
        Assert.Equal(Hash(jit), Hash(native));
    }

    [LongOldProcessorFact]
    public void Portable_code_runs_on_an_old_processor()
    {
        byte[] pixels = new byte[784];
        Mnist.Data.ProceduralDigits.Draw(5, 12, pixels, out _);
        File.WriteAllBytes(published["old.raw"], pixels);
        string[] arguments = ["predict", "--weights", published.Weights, published["old.raw"]];

        var old = ProcessRun.Of(Emulator, ["-cpu", "Nehalem", published.Mnist, .. arguments]);

        Assert.Equal(0, old.ExitCode);
        Assert.Equal(ProcessRun.Of(published.Mnist, arguments).Output, old.Output);
    }

    [OldProcessorFact]
    public void Other_code_says_what_an_old_processor_lacks()
    {
        var old = ProcessRun.Of(Emulator, "-cpu", "Nehalem", published.Digit, "--version");

        Assert.Equal((1, ""), (old.ExitCode, old.Output));
        Assert.Contains(
            "digit: error SCNN123: this processor lacks AVX2, and the program was compiled for x86-64-v3. Publish it with -p:StaticCnnInstructionSet=portable.",
            old.ErrorLines);
    }

    private static int Number(ProcessRun run, string name) => JsonDocument.Parse(run.Output).RootElement.GetProperty(name).GetInt32();

    private static string? Hash(ProcessRun run) => JsonDocument.Parse(run.Output).RootElement.GetProperty("weightsSha256").GetString();

    /// <summary>Of the long suite, since it needs one more program.</summary>
    private sealed class LongOldProcessorFactAttribute : OldProcessorFactAttribute
    {
        public LongOldProcessorFactAttribute() => Skip ??= Suite.Skip;
    }

    private class OldProcessorFactAttribute : FactAttribute
    {
        public OldProcessorFactAttribute()
        {
            bool isThere = Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, Emulator)));
            if (!isThere) Skip = $"{Emulator} is not installed (Debian: qemu-user)";
        }
    }
}
