using System.Diagnostics;
using SharpFuzz;

namespace StaticCnn.Fuzz;

/// <summary>Runs this program again from a copy whose readers count the branches that they take.</summary>
internal static class Instrumentation
{
    private const string Mark = "STATICCNN_FUZZ_INSTRUMENTED";

    private static readonly string[] Readers = ["StaticCnn.dll", "StaticCnn.Images.dll", "StaticCnn.Figures.dll", "StaticCnn.Generator.dll"];

    /// <summary>What the generator does with a sound network is not reading, and has more branches than the map has room for.</summary>
    private static readonly string[] NotReading = ["StaticCnn.Generator.Plan", "StaticCnn.Generator.Kernels", "StaticCnn.Generator.Emit"];

    /// <summary>Whether this is the copy.</summary>
    public static bool IsActive => Environment.GetEnvironmentVariable(Mark) is not null;

    /// <summary>Copies, instruments and runs.</summary>
    /// <returns>The copy's exit code.</returns>
    public static int Run(string[] args)
    {
        var folder = Directory.CreateTempSubdirectory("staticcnn-fuzz-");
        try
        {
            Copy(AppContext.BaseDirectory, folder.FullName);
            foreach (string reader in Readers)
            {
                // An iterator: nothing happens until it is asked. What it yields are the types.
                var types = Fuzzer.Instrument(Path.Combine(folder.FullName, reader), IsReading, Options.Value);
                if (!types.Any()) throw new InvalidOperationException($"{reader} has nothing to instrument.");
            }

            var start = new ProcessStartInfo("dotnet", [Path.Combine(folder.FullName, "Fuzz.dll"), .. args]);
            start.Environment[Mark] = "1";
            using var process = Process.Start(start)!;
            process.WaitForExit();
            return process.ExitCode;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static bool IsReading(string type) => !Array.Exists(NotReading, space => type.StartsWith(space, StringComparison.Ordinal));

    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*.dll").Concat(Directory.EnumerateFiles(from, "Fuzz.*.json")))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        string native = Path.Combine(from, "runtimes");
        if (!Directory.Exists(native)) return;
        foreach (string file in Directory.EnumerateFiles(native, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
