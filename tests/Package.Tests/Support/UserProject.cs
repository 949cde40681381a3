using System.Diagnostics;
using StaticCnn.Build.Tests.Support;

namespace StaticCnn.Package.Tests.Support;

/// <summary>A project of somebody who uses the package, in a folder of its own.</summary>
internal sealed class UserProject
{
    /// <summary>The reference to the package.</summary>
    public const string Package = $"<PackageReference Include=\"StaticCnn\" Version=\"{Feed.Version}\" />";

    private readonly Feed _feed;
    private readonly string _file;

    /// <summary>Writes the project file.</summary>
    /// <param name="feed">Where it gets the package from.</param>
    /// <param name="folder">Its folder below the feed's; the last part is its name.</param>
    /// <param name="properties">Lines within its <c>PropertyGroup</c>.</param>
    /// <param name="items">Lines within its <c>ItemGroup</c>.</param>
    /// <param name="extension">The language's.</param>
    /// <param name="sdk">The SDK for its kind of program.</param>
    public UserProject(Feed feed, string folder, string properties, string? items = null, string extension = ".csproj", string sdk = "Microsoft.NET.Sdk")
    {
        _feed = feed;
        Folder = feed.CreateFolder(folder);
        Name = Path.GetFileName(Folder);
        _file = Path.Combine(Folder, Name + extension);
        Write(Name + extension, $"""
            <Project Sdk="{sdk}">
              <PropertyGroup>
                {properties}
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
              <ItemGroup>
                {items ?? Package}
              </ItemGroup>
            </Project>
            """);
    }

    /// <summary>The folder of the project file.</summary>
    public string Folder { get; }

    /// <summary>The project's name.</summary>
    public string Name { get; }

    /// <summary>A file of the project.</summary>
    public string this[string path] => Path.Combine(Folder, path);

    /// <summary>Writes a file of the project, or writes it again.</summary>
    public void Write(string path, string text) => File.WriteAllText(this[path], text);

    /// <summary>Builds a target, or runs the default build without one.</summary>
    public Task<BuildRun> BuildAsync(string? target = null, params string[] args) => BuildRun.EndOfAsync(StartBuild(target, args));

    /// <summary>Starts to build a target.</summary>
    public Process StartBuild(string? target, params string[] args) =>
        _feed.Start(Folder, ["build", _file, .. target is null ? Array.Empty<string>() : [$"-t:{target}"], .. args]);

    /// <summary>Publishes without a native host, which would have to be downloaded for other machines than this one.</summary>
    public async Task<BuildRun> PublishWellAsync(params string[] args)
    {
        var run = await _feed.RunAsync(Folder, ["publish", _file, "-p:UseAppHost=false", .. args]);
        Assert.True(run.ExitCode == 0, string.Join('\n', run.Lines));
        return run;
    }

    /// <summary>Builds, and checks that it went well.</summary>
    public async Task<BuildRun> BuildWellAsync(string? target = null, params string[] args)
    {
        var run = await BuildAsync(target, args);
        Assert.True(run.ExitCode == 0, string.Join('\n', run.Lines));
        return run;
    }

    /// <summary>Runs the program that was built.</summary>
    public async Task<string[]> RunAsync(string configuration = "Debug")
    {
        var run = await _feed.RunAsync(Folder, "exec", this[$"bin/{configuration}/net10.0/{Name}.dll"]);
        Assert.True(run.ExitCode == 0, string.Join('\n', run.Lines));
        return [.. run.Lines.Where(line => line.Length > 0)];
    }
}
