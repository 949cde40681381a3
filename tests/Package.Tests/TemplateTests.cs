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
