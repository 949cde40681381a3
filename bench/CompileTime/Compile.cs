using System.Diagnostics;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using StaticCnn.Generator;

namespace StaticCnn.Bench;

/// <summary>What the generator takes, and what its source takes to compile.</summary>
internal static class Compile
{
    private const int Repeats = 9;

    private const string Declaration =
        """
        using StaticCnn;

        [CnnModel(1, 28, 28)]
        [Conv2d(16, 5, Padding = 2), ReLU, MaxPool2d(2)]
        [Conv2d(32, 5, Padding = 2), ReLU, MaxPool2d(2)]
        [Flatten, Linear(128), ReLU, Dropout(0.2f)]
        [Linear(10)]
        [Training(BatchSize = 64, Epochs = 3, LearningRate = 0.001f)]
        public sealed partial class SimpleCnn;
        """;

    private static readonly MetadataReference[] References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == Path.GetDirectoryName(typeof(object).Assembly.Location)
                || Path.GetFileName(path) is "StaticCnn.dll" or "System.Numerics.Tensors.dll")
            .Select(path => MetadataReference.CreateFromFile(path))];

    public static void Measure()
    {
        var declared = Create([Declaration, "class Other;"]);
        double first = Generate(NewDriver(), declared, out var driver, out _);
        double again = Median(() => Generate(NewDriver(), declared, out _, out _));
        var edits = new List<double>();
        for (int i = 0; i < Repeats; i++)
        {
            var edited = declared.ReplaceSyntaxTree(declared.SyntaxTrees[1], Parse($"class Other {{ int x = {i}; }}"));
            Generate(driver, edited, out driver, out double wall);
            edits.Add(wall);
        }

        string[] generated = [.. driver.GetRunResult().GeneratedTrees.Select(tree => tree.ToString())];
        double firstWith = Emit([Declaration, .. generated]);
        double with = Median(() => Emit([Declaration, .. generated]));
        double without = Median(() => Emit([Declaration]));
        Console.WriteLine(FormattableString.Invariant(
            $"{{\"generator\":{{\"firstInProcessMs\":{first:F1},\"coldMs\":{again:F1},\"afterUnrelatedEditMs\":{Middle(edits):F2}}},")
            + FormattableString.Invariant(
            $"\"source\":{{\"files\":{generated.Length},\"bytes\":{generated.Sum(Encoding.UTF8.GetByteCount)},\"lines\":{generated.Sum(text => text.Count(letter => letter == '\n'))}}},")
            + FormattableString.Invariant(
            $"\"csharp\":{{\"firstInProcessMs\":{firstWith:F0},\"withModelMs\":{with:F0},\"withoutModelMs\":{without:F0},\"addedMs\":{with - without:F0}}}}}"));
    }

    /// <returns>The generator's own milliseconds; <paramref name="wall"/> is the driver's whole run.</returns>
    private static double Generate(GeneratorDriver driver, Compilation compilation, out GeneratorDriver after, out double wall)
    {
        long start = Stopwatch.GetTimestamp();
        after = driver.RunGenerators(compilation);
        wall = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        if (after.GetRunResult().GeneratedTrees.Length == 0) throw new InvalidOperationException("The generator made no source.");
        return after.GetTimingInfo().GeneratorTimes[0].ElapsedTime.TotalMilliseconds;
    }

    /// <summary>Parses, binds and emits, as csc does; the declaration alone compiles too, to a class without members.</summary>
    private static double Emit(string[] sources)
    {
        long start = Stopwatch.GetTimestamp();
        using var image = new MemoryStream();
        var result = Create(sources).Emit(image);
        double milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return result.Success ? milliseconds : throw new InvalidOperationException(result.Diagnostics[0].ToString());
    }

    private static CSharpCompilation Create(string[] sources) => CSharpCompilation.Create(
        "Measured", sources.Select(Parse), References,
        new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable));

    private static SyntaxTree Parse(string source) => CSharpSyntaxTree.ParseText(SourceText.From(source, Encoding.UTF8));

    private static CSharpGeneratorDriver NewDriver() => CSharpGeneratorDriver.Create(new CnnGenerator());

    private static double Median(Func<double> measure) => Middle([.. Enumerable.Range(0, Repeats).Select(_ => measure())]);

    private static double Middle(IEnumerable<double> values) => values.Order().ElementAt(values.Count() / 2);
}
