using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Emit;
using StaticCnn;
using StaticCnn.Generator;
using StaticCnn.Generator.Diagnostics;

namespace Generator.Tests;

/// <summary>Compiles source text as a user's project would: with the runtime, the generator and the analyzer.</summary>
internal static class GeneratorHarness
{
    private static readonly ImmutableArray<MetadataReference> References =
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == Path.GetDirectoryName(typeof(object).Assembly.Location))
            .Append(typeof(CnnModelAttribute).Assembly.Location)
            .Append(typeof(System.Numerics.Tensors.Tensor).Assembly.Location)
            .Distinct()
            .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path))
            .ToImmutableArray();

    /// <summary>Generates, compiles optimised and loads; dispose the result to unload it.</summary>
    /// <exception cref="InvalidOperationException">The analyzer or the compiler reports an error, or a warning in a generated file.</exception>
    public static GeneratedModel Compile(params string[] sources) => Compile(LanguageVersion.Latest, sources);

    /// <inheritdoc cref="Compile(string[])"/>
    public static GeneratedModel Compile(LanguageVersion languageVersion, params string[] sources) => Compile(languageVersion, [], sources);

    /// <inheritdoc cref="Compile(string[])"/>
    public static GeneratedModel Compile(LanguageVersion languageVersion, ImmutableArray<ResourceDescription> resources, params string[] sources)
    {
        var before = CreateCompilation(languageVersion, sources);
        var driver = CreateDriver(languageVersion).RunGeneratorsAndUpdateCompilation(before, out var compilation, out var fromGenerator);
        var files = driver.GetRunResult().GeneratedTrees.ToImmutableSortedDictionary(
            tree => Path.GetFileName(tree.FilePath), tree => tree.ToString(), StringComparer.Ordinal);

        using var image = new MemoryStream();
        var result = compilation.Emit(image, manifestResources: resources, options: new EmitOptions());

        // Emitting reports all that the compiler has to say, so it is not asked again: that takes as long as the compilation itself.
        // Generated files suppress every warning, for whoever switches on more than we can know; those of the compiler must not be there.
        var messages = fromGenerator.AddRange(Diagnose(before).AddRange(result.Diagnostics).Where(IsFailure));
        if (messages.Length > 0) throw Failure(messages, files);
        image.Position = 0;
        var context = new AssemblyLoadContext(compilation.AssemblyName, isCollectible: true);
        return new GeneratedModel(context, context.LoadFromStream(image), files);
    }

    /// <summary>Compiles optimised and loads what the emitter wrote, or something like it, without generating.</summary>
    public static GeneratedModel CompileGenerated(params string[] sources) => Load(CreateCompilation(LanguageVersion.Latest, sources));

    /// <inheritdoc cref="CompileGenerated"/>
    public static GeneratedModel Load(CSharpCompilation compilation)
    {
        using var image = new MemoryStream();
        var errors = compilation.Emit(image).Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToList();
        if (errors.Count > 0) throw Failure(errors, ImmutableDictionary<string, string>.Empty);
        image.Position = 0;
        var context = new AssemblyLoadContext(compilation.AssemblyName, isCollectible: true);
        return new GeneratedModel(context, context.LoadFromStream(image), ImmutableSortedDictionary<string, string>.Empty);
    }

    /// <summary>What the analyzer reports, by position; the sources need not compile.</summary>
    public static ImmutableArray<Diagnostic> Diagnose(params string[] sources) =>
        Diagnose(CreateCompilation(LanguageVersion.Latest, sources));

    /// <summary>A driver that records its steps, for tests of the caching.</summary>
    public static GeneratorDriver CreateDriver(LanguageVersion languageVersion = LanguageVersion.Latest) =>
        CSharpGeneratorDriver.Create(
            [new CnnGenerator().AsSourceGenerator()],
            parseOptions: ParseOptions(languageVersion),
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    public static CSharpCompilation CreateCompilation(LanguageVersion languageVersion, params string[] sources) =>
        CSharpCompilation.Create(
            "Declared" + Guid.NewGuid().ToString("N"),
            sources.Select((source, i) => Parse(source, $"Source{i}.cs", languageVersion)),
            References,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                optimizationLevel: OptimizationLevel.Release,
                reportSuppressedDiagnostics: true,
                nullableContextOptions: NullableContextOptions.Enable));

    public static SyntaxTree Parse(string source, string path, LanguageVersion languageVersion = LanguageVersion.Latest) =>
        CSharpSyntaxTree.ParseText(source, ParseOptions(languageVersion), path, System.Text.Encoding.UTF8);

    /// <summary>Diagnose also tells of missing or wrong XML docs in generated files.</summary>
    private static CSharpParseOptions ParseOptions(LanguageVersion languageVersion) =>
        new(languageVersion, DocumentationMode.Diagnose);

    /// <inheritdoc cref="Diagnose(string[])"/>
    public static ImmutableArray<Diagnostic> Diagnose(Compilation compilation) =>
        [.. compilation.WithAnalyzers([new CnnModelAnalyzer()]).GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult()
            .OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)];

    private static bool IsFailure(Diagnostic diagnostic) =>
        diagnostic.Severity == DiagnosticSeverity.Error
        || (diagnostic.Severity == DiagnosticSeverity.Warning
            && diagnostic.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true);

    private static InvalidOperationException Failure(
        IEnumerable<Diagnostic> messages, IReadOnlyDictionary<string, string> files) =>
        new("The sources do not compile:\n" + string.Join("\n", messages.Take(20))
            + "\nGenerated: " + string.Join(", ", files.Keys));
}

/// <summary>A compiled and loaded declaration.</summary>
internal sealed class GeneratedModel(
    AssemblyLoadContext context, Assembly assembly, ImmutableSortedDictionary<string, string> files) : IDisposable
{
    public Assembly Assembly { get; } = assembly;

    /// <summary>The generated files' texts by name.</summary>
    public ImmutableSortedDictionary<string, string> Files { get; } = files;

    /// <summary>A declared type by its full name.</summary>
    public Type this[string type] => Assembly.GetType(type, throwOnError: true)!;

    public void Dispose() => context.Unload();
}
