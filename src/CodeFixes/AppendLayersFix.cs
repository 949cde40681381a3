using System.Collections.Immutable;
using System.Composition;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace StaticCnn.CodeFixes;

/// <summary>SCNN005, SCNN014, SCNN015: the end that a network lacks, Flatten and a Linear of ten classes.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AppendLayersFix)), Shared]
public sealed class AppendLayersFix : AttributeFix
{
    private const string Classes = "Linear(10)";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ["SCNN005", "SCNN014", "SCNN015"];

    private protected override (string Title, ImmutableArray<TextChange> Changes)? Fix(
        AttributeSyntax attribute, Diagnostic diagnostic, SemanticModel model, CancellationToken cancellation)
    {
        var lists = attribute.FirstAncestorOrSelf<TypeDeclarationSyntax>()!.AttributeLists;
        var names = lists.SelectMany(list => list.Attributes).Select(each => AttributeText.NameOf(each, model)).ToList();

        // Where there is a last Linear, its width is at fault.
        if (names.Contains("Linear")) return null;
        string layers = names.Contains("Flatten") ? Classes : $"Flatten, {Classes}";
        return ($"Add {layers.Replace(", ", " and ")}", [AttributeText.LineAfter(lists.Last(), layers, attribute, model, attribute.SyntaxTree.GetText(cancellation))]);
    }
}
