using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using StaticCnn.Build.Tests.Support;
using StaticCnn.Mnist.Tests.Support;

namespace StaticCnn.Digit.Tests.Support;

/// <summary>
/// The native programs, published as a user does, each when a test first asks for it: digit for x86-64-v3, which trains first, since its
/// weights file does not exist yet; libdigit for this machine; mnist for every machine.
/// </summary>
public sealed class Published : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, BuildRun> _builds = [];

    /// <summary>What the training reads: the real MNIST where the environment names it, else drawn digits.</summary>
    internal static string Data { get; } = Environment.GetEnvironmentVariable("STATICCNN_DATA") is { Length: > 0 } folder && Directory.Exists(folder)
        ? folder
        : "procedural:12000";

    /// <summary>The compiled program <c>mnist</c>, for the JIT.</summary>
    internal static string JitMnist { get; } = Path.Combine(AppContext.BaseDirectory, "mnist.dll");

    /// <summary>The weights that digit and libdigit hold.</summary>
    internal string Weights
    {
        get
        {
            _ = Digit;
            return WeightsFile;
        }
    }

    /// <summary>The native program <c>digit</c>.</summary>
    internal string Digit => Path.Combine(FolderOf("digit"), "digit");

    /// <summary>The folder with libdigit and its header.</summary>
    internal string Library => FolderOf("lib");

    /// <summary>The native program <c>mnist</c>.</summary>
    internal string Mnist => Path.Combine(FolderOf("mnist"), "mnist");

    /// <summary>What publishing digit wrote.</summary>
    internal BuildRun DigitBuild
    {
        get
        {
            _ = Digit;
            return _builds["digit"];
        }
    }

    /// <summary>A path for a file that is gone after the tests.</summary>
    internal string this[string name] => _folder[name];

    public void Dispose() => _folder.Dispose();

    private string WeightsFile => _folder["SimpleCnn.safetensors"];

    /// <summary>The folder of a program, which is published first where it is not there yet. digit comes before all, as it trains the weights.</summary>
    private string FolderOf(string name)
    {
        if (name != "digit") _ = Digit;
        if (!_builds.ContainsKey(name))
        {
            _builds[name] = name switch
            {
                "digit" => Publish(name, "src/Digit"),
                "lib" => Publish(name, "src/LibDigit", "-p:StaticCnnInstructionSet=native"),
                _ => Publish(name, "src/Mnist", "-p:StaticCnnInstructionSet=portable"),
            };
        }
        var build = _builds[name];
        Assert.True(build.ExitCode == 0, string.Join('\n', build.Lines));
        Assert.DoesNotContain(build.Lines, line => line.Contains("warning IL", StringComparison.Ordinal));
        return _folder[name];
    }

    private BuildRun Publish(string name, string project, params string[] options) =>
        BuildRun.EndOfAsync(BuildRun.Start(Repository.Root, _folder["cache"], [], [
            "publish", project, .. Configuration, "-o", _folder[name], $"-p:MnistWeights={WeightsFile}", $"-p:MnistDataDir={Data}", $"-p:MnistArtifacts={_folder["artifacts"]}",
            "-nodeReuse:false", "-p:UseSharedCompilation=false", .. options,
        ])).GetAwaiter().GetResult();

    /// <summary>As a user publishes in the long suite; in the short one of what is built already.</summary>
    private static string[] Configuration =>
        Suite.IsLong ? [] : ["-c", typeof(Published).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration];

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
