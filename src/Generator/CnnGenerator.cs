using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using StaticCnn.Generator.Declaration;
using StaticCnn.Generator.Diagnostics;
using StaticCnn.Generator.Emit;
using StaticCnn.Generator.Network;

namespace StaticCnn.Generator;

/// <summary>
/// The pipeline and nothing else: a declaration becomes a network, a network becomes source files. A declaration with
/// errors yields no files, and its errors are reported here too, for whoever has switched the analyzer off.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class CnnGenerator : IIncrementalGenerator
{
    /// <summary>Names of the steps, by which a test asks whether they were cached.</summary>
    internal const string DeclarationStep = "Declaration", NetworkStep = "Network", SourcesStep = "Sources", MistakesStep = "Mistakes";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var declarations = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                ModelAttributes.CnnModel,
                static (node, _) => node is TypeDeclarationSyntax,
                DeclarationReader.Read)
            .WithTrackingName(DeclarationStep);

        var names = declarations.Collect().Select(static (all, _) =>
            all.OfType<ModelDeclaration>().Select(declaration => declaration.FullName).ToEquatableArray());

        var networks = declarations
            .Combine(names)
            .Select(static (named, _) => named.Left is { } declaration ? NetworkBuilder.Build(declaration, named.Right).Network : null)
            .WithTrackingName(NetworkStep);

        var sources = networks
            .Select(static (network, _) =>
                network is null ? EquatableArray<GeneratedFile>.Empty : ModelEmitter.Emit(network))
            .WithTrackingName(SourcesStep);

        context.RegisterSourceOutput(sources, static (output, files) =>
        {
            foreach (var file in files) output.AddSource(file.HintName, SourceText.From(file.Text, Encoding.UTF8));
        });

        // Behind the sources, which have asked by then whether a network keeps to its budget. An editor may leave this kind of output out.
        foreach (string attribute in ModelAttributes.Names)
        {
            context.RegisterImplementationSourceOutput(
                context.SyntaxProvider.ForAttributeWithMetadataName(attribute, static (node, _) => node is TypeDeclarationSyntax, Mistake.Read)
                    .WithTrackingName(MistakesStep),
                static (output, mistakes) =>
                {
                    foreach (var mistake in mistakes) output.ReportDiagnostic(mistake.ToDiagnostic());
                });
        }
    }
}
