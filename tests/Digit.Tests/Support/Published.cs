using System.Globalization;
using System.Runtime.InteropServices;
using StaticCnn.Build.Tests.Support;
using StaticCnn.Mnist.Tests.Support;

namespace StaticCnn.Digit.Tests.Support;

/// <summary>
/// The native programs, published as a user does: digit for x86-64-v3, which trains first, since its weights file does not exist yet;
/// libdigit for this machine; mnist for every machine.
/// </summary>
public sealed class Published : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>What the training reads: the real MNIST where the environment names it, else drawn digits.</summary>
    internal static string Data { get; } = Environment.GetEnvironmentVariable("STATICCNN_DATA") is { Length: > 0 } folder && Directory.Exists(folder)
        ? folder
        : "procedural:12000";

    /// <summary>The compiled program <c>mnist</c>, for the JIT.</summary>
    internal static string JitMnist { get; } = Path.Combine(AppContext.BaseDirectory, "mnist.dll");

    /// <summary>The weights that digit and libdigit hold.</summary>
    internal string Weights => _folder["SimpleCnn.safetensors"];

    /// <summary>The native program <c>digit</c>.</summary>
    internal string Digit => Path.Combine(_folder["digit"], "digit");

    /// <summary>The folder with libdigit and its header.</summary>
    internal string Library => _folder["lib"];

    /// <summary>The native program <c>mnist</c>.</summary>
    internal string Mnist => Path.Combine(_folder["mnist"], "mnist");

    /// <summary>What the builds wrote.</summary>
    internal Dictionary<string, BuildRun> Builds { get; } = [];

    /// <summary>A path for a file that is gone after the tests.</summary>
    internal string this[string name] => _folder[name];

    public async Task InitializeAsync()
    {
        await PublishAsync("digit", "src/Digit");
        await PublishAsync("lib", "src/LibDigit", "-p:StaticCnnInstructionSet=native");
        await PublishAsync("mnist", "src/Mnist", "-p:StaticCnnInstructionSet=portable");
    }

    public Task DisposeAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }

    private async Task PublishAsync(string name, string project, params string[] options)
    {
        var run = await BuildRun.EndOfAsync(BuildRun.Start(Repository.Root, _folder["cache"], [], [
            "publish", project, "-o", _folder[name], $"-p:MnistWeights={Weights}", $"-p:MnistDataDir={Data}", $"-p:MnistArtifacts={_folder["artifacts"]}",
            "-nodeReuse:false", "-p:UseSharedCompilation=false", .. options,
        ]));
        Assert.True(run.ExitCode == 0, string.Join('\n', run.Lines));
        Builds[name] = run;
    }

    /// <summary>Runs <c>mnist</c> with the JIT.</summary>
    internal static ProcessRun RunJit(Dictionary<string, string?> variables, params string[] args) =>
        ProcessRun.Of("dotnet", variables, null, [JitMnist, .. args]);

    /// <summary>What a file is called that a native library of this system is.</summary>
    internal static string LibraryName => RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? "libdigit.dylib" : "libdigit.so";

    /// <summary>A number as arguments spell it.</summary>
    internal static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The tests that share what is published.</summary>
[CollectionDefinition(nameof(PublishedCollection))]
public sealed class PublishedCollection : ICollectionFixture<Published>;
