using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using StaticCnn;
using StaticCnn.CodeFixes;
using StaticCnn.Generator.Diagnostics;

namespace CodeFixes.Tests;

/// <summary>A document as an editor holds it: diagnosed by the analyzer, fixed by the code fixes of our assembly.</summary>
internal sealed class Editor : IDisposable
{
    private static readonly ImmutableArray<MetadataReference> References =
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == Path.GetDirectoryName(typeof(object).Assembly.Location))
            .Append(typeof(CnnModelAttribute).Assembly.Location)
            .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path))
            .ToImmutableArray();

    /// <summary>What an editor finds in the assembly: every exported fix.</summary>
    public static readonly ImmutableArray<CodeFixProvider> Fixes = typeof(MakePartialFix).Assembly.GetTypes()
        .Where(type => type.IsDefined(typeof(ExportCodeFixProviderAttribute), inherit: false))
        .OrderBy(type => type.Name, StringComparer.Ordinal)
        .Select(type => (CodeFixProvider)Activator.CreateInstance(type)!)
        .ToImmutableArray();

    private readonly AdhocWorkspace _workspace = new();
    private readonly DocumentId _document;

    public Editor(string source)
    {
        var project = _workspace.AddProject("Declared", LanguageNames.CSharp)
            .WithParseOptions(new CSharpParseOptions(LanguageVersion.CSharp12))
            .WithCompilationOptions(new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary))
            .WithMetadataReferences(References);
        var document = project.AddDocument("Models.cs", SourceText.From(source));
        _document = document.Id;
        Assert.True(_workspace.TryApplyChanges(document.Project.Solution));
    }

    public Document Document => _workspace.CurrentSolution.GetDocument(_document)!;

    public async Task<string> Text() => (await Document.GetTextAsync()).ToString();

    public Task<ImmutableArray<Diagnostic>> Diagnose() => Diagnose(Document.Project);

    /// <summary>Errors of the compiler itself, that there is no generated part among them or not.</summary>
    public async Task<ImmutableArray<Diagnostic>> CompilerErrors() =>
        [.. (await Document.Project.GetCompilationAsync())!.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];

    /// <summary>The fixes that an editor offers for a diagnostic.</summary>
    public async Task<IReadOnlyList<(CodeAction Action, CodeFixProvider Provider)>> Offer(Diagnostic diagnostic)
    {
        var offered = new List<(CodeAction, CodeFixProvider)>();
        foreach (var provider in Fixes.Where(provider => provider.FixableDiagnosticIds.Contains(diagnostic.Id)))
        {
            await provider.RegisterCodeFixesAsync(new CodeFixContext(
                Document, diagnostic, (action, _) => offered.Add((action, provider)), CancellationToken.None));
        }

        return offered;
    }

    public async Task Apply(CodeAction action)
    {
        var operation = (await action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single();
        operation.Apply(_workspace, CancellationToken.None);
    }

    /// <summary>Everywhere in the document what this action does once.</summary>
    public async Task ApplyToAll(CodeAction action, CodeFixProvider provider, string id)
    {
        var context = new FixAllContext(
            Document, provider, FixAllScope.Document, action.EquivalenceKey!, [id], new Diagnostics(), CancellationToken.None);
        await Apply((await provider.GetFixAllProvider()!.GetFixAsync(context))!);
    }

    public void Dispose() => _workspace.Dispose();

    private static async Task<ImmutableArray<Diagnostic>> Diagnose(Project project)
    {
        var compilation = await project.GetCompilationAsync();
        var diagnostics = await compilation!.WithAnalyzers([new CnnModelAnalyzer()]).GetAnalyzerDiagnosticsAsync();
        return [.. diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)];
    }

    private sealed class Diagnostics : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) => await Diagnose(project);

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) => await Diagnose(document.Project);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
