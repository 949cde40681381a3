using System.Diagnostics;

namespace StaticCnn.Bench;

/// <summary>Builds the peers' programs, which the solution does not contain, and tells how to start them.</summary>
internal static class Peers
{
    private static readonly Dictionary<string, string> None = [];

    /// <summary>This program itself as the mnist program of a network.</summary>
    public static Runner Ours => new("StaticCnn", "dotnet", [typeof(Peers).Assembly.Location, "ours"], None);

    public static Runner? OnnxRuntime() => Build("OnnxRuntime") is { } folder
        ? new("ONNX Runtime", "dotnet", [Path.Combine(folder, "OnnxRuntimePeer.dll")], None)
        : null;

    public static Runner? TorchSharp()
    {
        if (Build("TorchSharp") is not { } folder) return null;
        var runner = new Runner("TorchSharp", "dotnet", [Path.Combine(folder, "TorchSharpPeer.dll")], None);
        string library = Path.Combine(folder, "libLibTorchSharp.so");
        return OperatingSystem.IsLinux() && File.Exists(library)
            ? runner with { Variables = OldStandardLibrary.Accommodate(folder, library) }
            : runner;
    }

    /// <summary>Builds one peer; null, and a line on standard error, where that fails.</summary>
    private static string? Build(string peer)
    {
        string project = Path.Combine(Repository(), "bench", "Peers", peer);
        string folder = Path.Combine(Repository(), "artifacts", "bench", "peers", peer);
        Console.Error.WriteLine($"Building {project}");
        using var build = Process.Start(new ProcessStartInfo("dotnet", ["build", project, "-c", "Release", "-o", folder, "-v", "quiet", "-nologo"])
        {
            RedirectStandardOutput = true,
        })!;
        string output = build.StandardOutput.ReadToEnd();
        build.WaitForExit();
        if (build.ExitCode == 0) return folder;
        Console.Error.WriteLine($"{peer} is left out, as it does not build here:\n{output}");
        return null;
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "StaticCnn.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("Run this program from its place in the repository.");
    }
}
