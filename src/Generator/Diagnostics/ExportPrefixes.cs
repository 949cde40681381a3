using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using StaticCnn.Generator.Declaration;

namespace StaticCnn.Generator.Diagnostics;

/// <summary>Whose functions begin with a prefix. Two networks with one prefix are two functions of one name, which only the native compiler would find out.</summary>
internal static class ExportPrefixes
{
    /// <summary>
    /// The network that stands first in the source among those with this one's prefix; null if that is this one. Case is ignored: names of
    /// headers and their guards do not tell it.
    /// </summary>
    public static INamedTypeSymbol? FirstOwner(INamedTypeSymbol type, ModelAttributes attributes, CancellationToken cancellation)
    {
        if (PrefixOf(attributes) is not { } prefix) return null;
        var owner = TypesOf(type.ContainingAssembly.GlobalNamespace, cancellation)
            .Select(each => (Type: each, Attributes: ModelAttributes.Of(each)))
            .Where(each => each.Attributes.Model is not null && string.Equals(PrefixOf(each.Attributes), prefix, StringComparison.OrdinalIgnoreCase))
            .OrderBy(each => each.Attributes.Exports!.ApplicationSyntaxReference!.SyntaxTree.FilePath, StringComparer.Ordinal)
            .ThenBy(each => each.Attributes.Exports!.ApplicationSyntaxReference!.Span.Start)
            .First().Type;
        return SymbolEqualityComparer.Default.Equals(owner, type) ? null : owner;
    }

    private static string? PrefixOf(ModelAttributes attributes) =>
        attributes.Exports is { } exports && AttributeReader.IsWellFormed(exports) ? AttributeReader.ReadPrefix(exports) : null;

    /// <summary>The types with attributes, as far as the syntax tells, which costs less than to ask for them.</summary>
    private static IEnumerable<INamedTypeSymbol> TypesOf(INamespaceOrTypeSymbol container, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        foreach (var member in container.GetMembers().OfType<INamespaceOrTypeSymbol>())
        {
            if (member is INamedTypeSymbol type && type.DeclaringSyntaxReferences.Any(part =>
                part.GetSyntax(cancellation) is TypeDeclarationSyntax { AttributeLists.Count: > 0 })) yield return type;
            foreach (var nested in TypesOf(member, cancellation)) yield return nested;
        }
    }
}
