using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using StaticCnn.Generator.Declaration;
using StaticCnn.Generator.Emit;
using StaticCnn.Generator.Network;

namespace StaticCnn.Generator;

/// <summary>
/// The pipeline and nothing else: a declaration becomes a network, a network becomes source files. A declaration with
/// errors yields no files; <see cref="Diagnostics.CnnModelAnalyzer"/> reports them.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class CnnGenerator : IIncrementalGenerator
{
    /// <summary>Names of the steps, by which a test asks whether they were cached.</summary>
    internal const string DeclarationStep = "Declaration", NetworkStep = "Network", SourcesStep = "Sources";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var declarations = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                ModelAttributes.CnnModel,
                static (node, _) => node is TypeDeclarationSyntax,
                DeclarationReader.Read)
            .WithTrackingName(DeclarationStep);

        var networks = declarations
            .Select(static (declaration, _) => declaration is null ? null : NetworkBuilder.Build(declaration).Network)
            .WithTrackingName(NetworkStep);

        var sources = networks
            .Select(static (network, _) =>
                network is null ? EquatableArray<GeneratedFile>.Empty : ModelEmitter.Emit(network))
            .WithTrackingName(SourcesStep);

        context.RegisterSourceOutput(sources, static (output, files) =>
        {
            foreach (var file in files) output.AddSource(file.HintName, SourceText.From(file.Text, Encoding.UTF8));
        });
    }
}
