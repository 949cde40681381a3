using System.Diagnostics;
using System.Reflection;
using StaticCnn.Build.Tests.Support;
using StaticCnn.Mnist.Tests.Support;

namespace StaticCnn.Package.Tests.Support;

/// <summary>
/// The packages, packed once from the sources and restored by the tests' projects into a folder of their own that is empty at first.
/// What others published comes from this machine's folder, so that nothing is downloaded.
/// </summary>
public sealed class Feed : IAsyncLifetime
{
    /// <summary>A version that nobody publishes: the tests cannot pick up another package.</summary>
    internal const string Version = "0.0.9999";

    private readonly TemporaryFolder _folder = new();

    /// <summary>The folder of the packages.</summary>
    internal string Packages => _folder["packages"];

    public async Task InitializeAsync()
    {
        string configuration = typeof(Feed).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "Configuration").Value!;
        foreach (string project in new[] { "Runtime", "Templates", "Mnist" })
        {
            var run = await BuildRun.EndOfAsync(BuildRun.Start(
                Repository.PathTo("src", project), Cache, [],
                "pack", "-c", configuration, "--no-restore", "-o", Packages, $"-p:PackageVersion={Version}", "-nodeReuse:false"));
            Assert.True(run.ExitCode == 0, string.Join('\n', run.Lines));
        }
        await File.WriteAllTextAsync(_folder["nuget.config"], $"""
            <configuration>
              <packageSources><clear /><add key="tests" value="{Packages}" /></packageSources>
              <fallbackPackageFolders><clear /><add key="machine" value="{MachinePackages()}" /></fallbackPackageFolders>
              <config><add key="globalPackagesFolder" value="{_folder["restored"]}" /></config>
            </configuration>
            """);
    }

    public Task DisposeAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>An empty folder below the configuration that names this feed.</summary>
    internal string CreateFolder(string name) => Directory.CreateDirectory(_folder[name]).FullName;

    /// <summary>Runs <c>dotnet</c> without data, without a network and without this user's templates.</summary>
    internal Task<BuildRun> RunAsync(string folder, params string[] args) => BuildRun.EndOfAsync(Start(folder, args));

    /// <summary>Starts the same.</summary>
    internal Process Start(string folder, params string[] args) => Start(folder, [], args);

    /// <summary>Starts the same with further environment variables.</summary>
    internal Process Start(string folder, Dictionary<string, string> variables, params string[] args)
    {
        foreach (var (name, value) in Variables()) variables[name] = value;
        return BuildRun.Start(folder, Cache, variables, args);
    }

    /// <summary>The folder for downloads.</summary>
    internal string Cache => _folder["cache"];

    /// <summary>The environment of a user who has never used StaticCnn.</summary>
    private Dictionary<string, string> Variables() => new()
    {
        ["DOTNET_CLI_HOME"] = _folder["home"],
        ["DOTNET_NOLOGO"] = "1",
        ["DOTNET_GENERATE_ASPNET_CERTIFICATE"] = "false",
        ["NUGET_PACKAGES"] = _folder["restored"],
        ["MSBUILDDISABLENODEREUSE"] = "1",
    };

    private static string MachinePackages() =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } packages ? packages
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}
