using System.Text.Json;
using StaticCnn.Package.Tests.Support;

namespace StaticCnn.Package.Tests;

/// <summary>What <c>dotnet new</c> writes works as it is.</summary>
[Collection(FeedCollection.Name)]
public sealed class TemplateTests(Feed feed)
{
    [Fact]
    public async Task A_new_library_builds_without_a_warning()
    {
        string folder = feed.CreateFolder("new");
        await RunWellAsync(folder, "new", "install", "StaticCnn.Templates");
        await RunWellAsync(folder, "new", "staticcnn-lib", "-o", "my-digits", "--no-update-check");
        await RunWellAsync(Path.Combine(folder, "my-digits"), "build", "-p:TrainOnBuild=false", "-warnaserror");
    }

    [LongFact]
    public async Task A_new_native_library_trains_and_has_a_header()
    {
        string folder = feed.CreateFolder("native");
        await RunWellAsync(folder, "new", "install", "StaticCnn.Templates");
        await RunWellAsync(folder, "new", "staticcnn-native", "-o", "program", "--no-update-check");
        await RunWellAsync(Path.Combine(folder, "program"), "build", "-p:TrainOnBuild=false", "-warnaserror");
        await RunWellAsync(folder, "new", "staticcnn-native", "--library", "true", "-o", "digit reader", "--no-update-check");
        string data = IdxSet.Write(Path.Combine(folder, "data"));
        await RunWellAsync(Path.Combine(folder, "digit reader"), "publish", "-o", "out", $"-p:MnistDataDir={data}", "-warnaserror");

        string published = Path.Combine(folder, "digit reader", "out");
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(folder, "digit reader", "weights"), "DigitCnn.safetensors"));
        Assert.Contains("digit_predict(", File.ReadAllText(Path.Combine(published, "digit.h")), StringComparison.Ordinal);
        string library = Assert.Single(Directory.GetFiles(published, "digit reader.*"), file => Path.GetExtension(file) is ".so" or ".dylib" or ".dll");
        Assert.True(new FileInfo(library).Length > 1_500_000, "the weights and the runtime are inside");
    }

    [Fact]
    public async Task The_program_is_a_tool()
    {
        string folder = feed.CreateFolder("tool");
        await RunWellAsync(folder, "tool", "install", "StaticCnn.Mnist", "--version", Feed.Version, "--tool-path", "bin");
        var run = await feed.RunAsync(folder, "exec", Directory.GetFiles(folder, "mnist.dll", SearchOption.AllDirectories).Single(), "info", "--json");
        Assert.Equal("SimpleCnn", JsonDocument.Parse(run.Lines[0]).RootElement.GetProperty("model").GetProperty("name").GetString());
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(folder, "bin"), "mnist*"));
    }

    private async Task<string[]> RunWellAsync(string folder, params string[] args)
    {
        var run = await feed.RunAsync(folder, args);
        Assert.True(run.ExitCode == 0, string.Join('\n', run.Lines));
        return run.Lines;
    }
}
