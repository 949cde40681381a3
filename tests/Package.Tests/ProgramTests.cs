using System.Diagnostics;
using System.Globalization;
using StaticCnn.Build.Tests.Support;
using StaticCnn.Package.Tests.Support;

namespace StaticCnn.Package.Tests;

/// <summary>
/// A console program with one network, built as strictly as a user may want: old language version, no unsafe code, warnings as
/// errors, a path with spaces and an umlaut.
/// </summary>
[Collection(FeedCollection.Name)]
public sealed class ProgramTests(ProgramTests.Program program) : IClassFixture<ProgramTests.Program>
{
    private string Weights => program.Project["weights/Digits.safetensors"];

    [Fact]
    public async Task It_trains_embeds_and_recognises_and_the_build_settles()
    {
        // Whichever test ran before this one, nothing is trained yet.
        string weights = Path.GetDirectoryName(Weights)!;
        if (Directory.Exists(weights)) Directory.Delete(weights, recursive: true);
        var first = await program.TrainAsync();
        Assert.Contains(first.Lines, IsEpoch);
        Assert.Contains($"Weights: {Weights} (SHA-256", string.Join('\n', first.Lines));
        var second = await program.TrainAsync();
        Assert.Contains($"up to date: {Weights}", second.Lines);
        Assert.DoesNotContain(second.Lines, IsEpoch);

        await program.Project.BuildWellAsync(null, "--no-restore");
        Assert.Equal(["3", "optimised"], await program.Project.RunAsync());

        // The weights are in the assembly now, and nothing has to be trained for that.
        Assert.Contains($"up to date: {Weights}", (await program.TrainAsync()).Lines);

        // A file of any name elsewhere stands for the one in the folder.
        string named = Path.Combine(Directory.CreateDirectory(program.Project["models"]).FullName, "latest.safetensors");
        File.Move(Weights, named);
        try
        {
            await program.Project.BuildWellAsync(null, "--no-restore", "-p:MnistWeights=models/latest.safetensors");
            Assert.Equal(["3", "optimised"], await program.Project.RunAsync());
        }
        finally
        {
            File.Move(named, Weights);
        }
    }

    [LongFact]
    public async Task It_trains_again_when_declaration_recipe_seed_or_data_change_and_only_then()
    {
        await program.TrainAsync();
        string declaration = File.ReadAllText(program.Project["Digits.cs"]);
        try
        {
            await AssertTrainsAsync(false, "a touched file", () => File.SetLastWriteTimeUtc(program.Project["Digits.cs"], DateTime.UtcNow));
            await AssertTrainsAsync(false, "another class", () => program.Project.Write("Other.cs", "internal static class Other;"));
            await AssertTrainsAsync(false, "another configuration", () => { }, "-c", "Release");
            await AssertTrainsAsync(true, "the seed", () => { }, "-p:MnistSeed=5");
            await AssertTrainsAsync(true, "the data", () => { }, $"-p:MnistDataDir={IdxSet.Write(program.Project["../other data"], seed: 9)}");
            await AssertTrainsAsync(true, "the recipe", () => program.Project.Write("Digits.cs", declaration.Replace("0.01f", "0.02f")));
            await AssertTrainsAsync(true, "the declaration", () => program.Project.Write("Digits.cs", declaration.Replace("Conv2d(4", "Conv2d(5")));
            await AssertTrainsAsync(false, "nothing", () => { });
        }
        finally
        {
            program.Project.Write("Digits.cs", declaration);
        }
    }

    [LongFact]
    public async Task Clean_keeps_the_weights_and_CleanMnist_removes_them()
    {
        await program.TrainAsync();
        await program.Project.BuildWellAsync("Clean");
        Assert.Contains($"up to date: {Weights}", (await program.TrainAsync("--no-restore")).Lines);
        string own = program.Project["weights/Own.safetensors"]; // Not trained here, so not to be trained again either.
        File.WriteAllText(own, "own");
        foreach (string recipe in new[] { "0123abcd", "4567cdef" }) File.WriteAllText(program.Project[$"weights/Digits.{recipe}.checkpoint.safetensors"], "killed");
        await program.Project.BuildWellAsync("CleanMnist");
        Assert.Equal([own], Directory.GetFiles(program.Project["weights"]));
        File.Delete(own);
        var run = await program.Project.BuildAsync("TestMnist", $"-p:MnistDataDir={program.Data}");
        Assert.StartsWith("mnist : error SCNN104: There is no weights file ", run.AssertFailed());
    }

    [LongFact]
    public async Task Below_the_required_accuracy_the_build_fails_and_the_weights_stay()
    {
        await program.TrainAsync();
        byte[] before = File.ReadAllBytes(Weights);
        var run = await program.Project.BuildAsync(
            "TrainMnist", $"-p:MnistDataDir={program.Data}", "-p:MnistSeed=8", "-p:MnistMinAccuracy=1.0", "-p:MnistEpochs=1", "-p:TrainOnBuild=true");
        string error = run.AssertFailed();
        Assert.StartsWith("mnist : error SCNN103: The test accuracy 0.", error);
        Assert.Equal(before, File.ReadAllBytes(Weights));
    }

    [Theory]
    [InlineData("-p:DesignTimeBuild=true")]
    [InlineData("-p:BuildingProject=false")]
    public async Task A_design_time_build_neither_trains_nor_downloads(string property)
    {
        await program.Project.BuildWellAsync("CleanMnist");
        await program.Project.BuildWellAsync(
            "TrainMnist;DownloadMnist;TestMnist;Compile", property, "-p:TrainOnBuild=true", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true");
        Assert.False(File.Exists(Weights));
        Assert.False(Directory.Exists(program.Project["obj/staticcnn"]));
        Assert.False(Directory.Exists(program.Cache));
    }

    [LongFact]
    public async Task Debug_is_optimised_says_so_once_and_can_be_told_not_to_be()
    {
        await program.TrainAsync();
        File.Delete(program.Project["obj/staticcnn/optimized.txt"]);
        string[] options = ["--no-restore", "--no-incremental"];
        var first = await program.Project.BuildWellAsync(null, options);
        Assert.Single(first.Lines, line => line.Contains("OptimizeCnnInDebug", StringComparison.Ordinal));
        Assert.Contains("0 Warning(s)", first.Lines);
        Assert.DoesNotContain("OptimizeCnnInDebug", string.Join('\n', (await program.Project.BuildWellAsync(null, options)).Lines));
        Assert.Equal("optimised", (await program.Project.RunAsync())[1]);
        await program.Project.BuildWellAsync(null, [.. options, "-p:OptimizeCnnInDebug=false"]);
        Assert.Equal("not optimised", (await program.Project.RunAsync())[1]);
        await program.Project.BuildWellAsync(null, [.. options, "-c", "Release"]);
        Assert.Equal("optimised", (await program.Project.RunAsync("Release"))[1]);
    }

    [Fact]
    public async Task Its_code_verifies_itself_without_data()
    {
        var run = await program.Project.BuildWellAsync("VerifyCnn", "--no-restore");
        string verdict = Assert.Single(run.Lines, line => line.EndsWith(" checks passed", StringComparison.Ordinal));
        string[] words = verdict.Split(' ');
        Assert.Equal(words[2], words[0]); // All of so many.
        Assert.Contains(run.Lines, line => line.StartsWith("conv1.weight ", StringComparison.Ordinal));
    }

    [LongFact]
    public async Task Two_builds_at_once_end_well()
    {
        await program.TrainAsync();
        program.Project.Write("Other.cs", "internal static class Another;"); // So that both have something to compile.
        var runs = await Task.WhenAll(
            program.TrainAsync("--no-restore", "-p:MnistSeed=11"), program.TrainAsync("--no-restore", "-p:MnistSeed=11"));
        Assert.Single(runs, run => run.Lines.Any(IsEpoch)); // The second waited, and had nothing to do.
        Assert.Equal(
            ["Digits.history.json", "Digits.safetensors", "Digits.stamp"],
            Directory.GetFiles(program.Project["weights"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Contains($"up to date: {Weights}", (await program.TrainAsync("--no-restore", "-p:MnistSeed=11")).Lines);
    }

    [Fact]
    public async Task A_killed_training_leaves_the_old_weights()
    {
        if (!OperatingSystem.IsLinux()) return; // The trainer is found in /proc.
        await program.TrainAsync();
        byte[] before = File.ReadAllBytes(Weights);
        using var build = program.Project.StartBuild("TrainMnist", "--no-restore", $"-p:MnistDataDir={program.Data}", "-p:MnistEpochs=1000000");
        var ending = BuildRun.EndOfAsync(build);
        while (!ending.IsCompleted && TrainerOf(Weights) is null) await Task.Delay(20);
        TrainerOf(Weights)?.Kill();
        Assert.NotEqual(0, (await ending).ExitCode);
        Assert.Equal(before, File.ReadAllBytes(Weights));
        Assert.Contains($"up to date: {Weights}", (await program.TrainAsync("--no-restore")).Lines);
    }

    private static bool IsEpoch(string line) => line.StartsWith("Epoch ", StringComparison.Ordinal);

    private async Task AssertTrainsAsync(bool expected, string change, Action make, params string[] args)
    {
        make();
        var run = await program.TrainAsync(["--no-restore", .. args]);
        Assert.True(run.Lines.Any(IsEpoch) == expected, $"{change}:\n{string.Join('\n', run.Lines)}");
        if (args.Length > 0 && expected) await program.TrainAsync("--no-restore");
    }

    /// <summary>The process that trains these weights; null when there is none.</summary>
    private static Process? TrainerOf(string weights)
    {
        foreach (string process in Directory.EnumerateDirectories("/proc"))
        {
            try
            {
                string[] args = File.ReadAllText(Path.Combine(process, "cmdline")).Split('\0');
                if (args.Contains("train") && args.Any(arg => arg == weights || arg == weights.Replace("Digits", "{model}")))
                    return Process.GetProcessById(int.Parse(Path.GetFileName(process), CultureInfo.InvariantCulture));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or FormatException)
            {
                // Not a process, or it has just ended.
            }
        }
        return null;
    }

    /// <summary>The project, which the tests share.</summary>
    public sealed class Program(Feed feed)
    {
        internal UserProject Project { get; } = Create(feed);

        internal string Data { get; } = IdxSet.Write(Path.Combine(feed.CreateFolder("data ü"), "bars"));

        internal string Cache { get; } = feed.Cache;

        internal Task<BuildRun> TrainAsync(params string[] args) => Project.BuildWellAsync("TrainMnist", [$"-p:MnistDataDir={Data}", .. args]);

        private static UserProject Create(Feed feed)
        {
            var project = new UserProject(feed, "with space and ü/Digit Reader", """
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <LangVersion>12</LangVersion>
                <Nullable>enable</Nullable>
                <AllowUnsafeBlocks>false</AllowUnsafeBlocks>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <AnalysisLevel>latest-recommended</AnalysisLevel>
                <GenerateDocumentationFile>true</GenerateDocumentationFile>
                <NoWarn>$(NoWarn);CS1591</NoWarn>
                """);
            project.Write("Digits.cs", """
                using StaticCnn;

                namespace Reading;

                [CnnModel(1, 28, 28)]
                [Conv2d(4, 3, Padding = 1), ReLU, MaxPool2d(2)]
                [Flatten, Linear(10)]
                [Training(BatchSize = 16, Epochs = 1, LearningRate = 0.01f)]
                internal sealed partial class Digits;
                """);
            project.Write("Program.cs", $$"""
                using System.Diagnostics;
                using System.Reflection;

                float[] image = {{IdxSet.PictureOf(3)}};
                Console.WriteLine(Reading.Digits.LoadEmbedded().Predict(image));
                var debuggable = Assembly.GetExecutingAssembly().GetCustomAttribute<DebuggableAttribute>();
                Console.WriteLine(debuggable is { IsJITOptimizerDisabled: true } ? "not optimised" : "optimised");
                """);
            return project;
        }
    }
}
