using System.Diagnostics;
using StaticCnn.Mnist.Tests.Support;

namespace StaticCnn.Build.Tests.Support;

/// <summary>
/// A copy of the repository. In the long suite it is as a fresh clone has it, sources and nothing built, and is built once, by training;
/// in the short one it has what the repository has built. The tests then run its targets without building again.
/// </summary>
public sealed class Clone : IAsyncLifetime
{
    private static readonly string[] NotCloned = [".git", "weights", "artifacts", "TestResults", ".vs", ".idea"];
    private static readonly string[] Built = ["bin", "obj"];

    /// <summary>The projects that the targets build, of which the short suite takes what is built.</summary>
    private static readonly string[] Projects = ["build", "src/Generator", "src/Runtime", "src/Figures", "src/Images", "src/Mnist"];

    private readonly TemporaryFolder _folder = new();

    /// <summary>The copy.</summary>
    internal string Root => _folder["clone"];

    /// <summary>The weights file that the targets write unless told otherwise.</summary>
    internal string DefaultWeights => Path.Combine(Root, "src", "Mnist", "weights", "SimpleCnn.safetensors");

    /// <summary>The log of the last training.</summary>
    internal string Log => Path.Combine(Root, "src", "Mnist", "obj", "staticcnn", "TrainMnist.log");

    /// <summary>A small data set.</summary>
    internal const string Data = "procedural:256";

    /// <summary>The folder for downloads.</summary>
    internal string Cache => _folder["cache"];

    /// <summary>The build that trained in the fresh clone, in the long suite.</summary>
    internal BuildRun FirstRun { get; private set; } = null!;

    /// <summary>The log that it left.</summary>
    internal string FirstLog { get; private set; } = "";

    /// <summary>The same build again.</summary>
    internal BuildRun SecondRun { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Copy(new DirectoryInfo(Repository.Root), Root, [.. NotCloned, .. Built]);
        if (!Suite.IsLong)
        {
            foreach (string folder in Projects.SelectMany(project => Built.Select(folder => Path.Combine(project, folder))))
                Copy(new DirectoryInfo(Repository.PathTo(folder)), Path.Combine(Root, folder), ["staticcnn"]);
            return;
        }
        FirstRun = await SolutionAsync("TrainMnist");
        if (File.Exists(Log)) FirstLog = await File.ReadAllTextAsync(Log);
        SecondRun = await SolutionAsync("TrainMnist");
    }

    public Task DisposeAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>Builds a target of the solution for one epoch on the small data, as a user does.</summary>
    internal Task<BuildRun> SolutionAsync(string target) => BuildRun.EndOfAsync(BuildRun.Start(
        Root, Cache, [], [
            "build", $"-t:{target}", $"-p:MnistDataDir={Data}", "-p:MnistEpochs=1",
            "-nodeReuse:false", "-p:UseSharedCompilation=false",
        ]));

    /// <summary>Runs <c>dotnet</c> in the clone.</summary>
    internal Task<BuildRun> RunAsync(params string[] args) => BuildRun.EndOfAsync(BuildRun.Start(Root, Cache, [], [.. args, "-nodeReuse:false"]));

    /// <summary>Runs a target of the project that is built already.</summary>
    internal Task<BuildRun> ProjectAsync(string target, params string[] properties) => ProjectAsync([], target, properties);

    /// <inheritdoc cref="ProjectAsync(string, string[])"/>
    internal Task<BuildRun> ProjectAsync(Dictionary<string, string> variables, string target, params string[] properties) =>
        BuildRun.EndOfAsync(StartProject(variables, target, properties));

    /// <summary>Starts a target of the project that is built already. Only the first run of the solution draws figures, which take longer than all else.</summary>
    internal Process StartProject(Dictionary<string, string> variables, string target, params string[] properties) => BuildRun.Start(
        Root, Cache, variables, [
            "build", "src/Mnist", $"-t:{target}", "--no-restore", "-p:NoBuild=true", "-nodeReuse:false", "-p:MnistArtifacts=",
            .. properties.Select(property => "-p:" + property),
        ]);

    private static void Copy(DirectoryInfo from, string to, string[] without)
    {
        Directory.CreateDirectory(to);
        foreach (var file in from.EnumerateFiles()) file.CopyTo(Path.Combine(to, file.Name));
        foreach (var folder in from.EnumerateDirectories())
        {
            if (!without.Contains(folder.Name)) Copy(folder, Path.Combine(to, folder.Name), without);
        }
    }
}
