using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Microsoft.Build.Framework;

namespace StaticCnn.Build;

/// <summary>Finds the types with <c>[CnnModel]</c> in a compiled assembly, whatever language it was written in.</summary>
public sealed class FindCnnModels : Microsoft.Build.Utilities.Task
{
    /// <summary>The compiled assembly; where there is none, there are no networks.</summary>
    [Required]
    public string Assembly { get; set; } = "";

    /// <summary>The types' names, with commas between them.</summary>
    [Output]
    public string Models { get; private set; } = "";

    /// <inheritdoc/>
    public override bool Execute()
    {
        if (!File.Exists(Assembly)) return true;
        using var image = new PEReader(File.OpenRead(Assembly));
        var metadata = image.GetMetadataReader();
        Models = string.Join(", ", metadata.TypeDefinitions.Select(metadata.GetTypeDefinition)
            .Where(type => type.GetCustomAttributes().Any(attribute => IsCnnModel(metadata, metadata.GetCustomAttribute(attribute))))
            .Select(type => metadata.GetString(type.Name)));
        return true;
    }

    private static bool IsCnnModel(MetadataReader metadata, CustomAttribute attribute) =>
        attribute.Constructor.Kind == HandleKind.MemberReference
        && metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent is { Kind: HandleKind.TypeReference } parent
        && metadata.GetTypeReference((TypeReferenceHandle)parent) is var type
        && metadata.StringComparer.Equals(type.Name, "CnnModelAttribute") && metadata.StringComparer.Equals(type.Namespace, "StaticCnn");
}
