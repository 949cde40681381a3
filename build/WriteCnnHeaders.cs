using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace StaticCnn.Build;

/// <summary>Writes the C headers that the generator left in an assembly's metadata. A file that says the same already is not touched.</summary>
public sealed class WriteCnnHeaders : Microsoft.Build.Utilities.Task
{
    private const string Key = "StaticCnn.Header.";

    /// <summary>The compiled assembly.</summary>
    [Required]
    public string Assembly { get; set; } = "";

    /// <summary>The folder for the headers.</summary>
    [Required]
    public string Folder { get; set; } = "";

    /// <summary>The headers' files.</summary>
    [Output]
    public ITaskItem[] Headers { get; private set; } = [];

    /// <inheritdoc/>
    public override bool Execute()
    {
        var written = new List<ITaskItem>();
        foreach (var (name, text) in HeadersOf(Assembly))
        {
            string path = Path.Combine(Folder, name);
            Directory.CreateDirectory(Folder);
            if (!File.Exists(path) || File.ReadAllText(path) != text) File.WriteAllText(path, text, new UTF8Encoding(false));
            written.Add(new TaskItem(path));
        }
        Headers = [.. written];
        return true;
    }

    /// <summary>The headers' names and texts.</summary>
    public static IReadOnlyList<(string Name, string Text)> HeadersOf(string assembly)
    {
        using var image = new PEReader(File.OpenRead(assembly));
        var metadata = image.GetMetadataReader();
        var headers = new List<(string, string)>();
        foreach (var handle in metadata.GetAssemblyDefinition().GetCustomAttributes())
        {
            var attribute = metadata.GetCustomAttribute(handle);
            if (!IsAssemblyMetadata(metadata, attribute)) continue;
            var blob = metadata.GetBlobReader(attribute.Value);
            blob.ReadUInt16(); // The prolog; then the constructor's two strings.
            string? key = blob.ReadSerializedString(), value = blob.ReadSerializedString();
            if (key is not null && value is not null && key.StartsWith(Key, StringComparison.Ordinal)) headers.Add((key.Substring(Key.Length), value));
        }
        return headers;
    }

    private static bool IsAssemblyMetadata(MetadataReader metadata, CustomAttribute attribute)
    {
        if (attribute.Constructor.Kind != HandleKind.MemberReference) return false;
        var parent = metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent;
        return parent.Kind == HandleKind.TypeReference
            && metadata.StringComparer.Equals(metadata.GetTypeReference((TypeReferenceHandle)parent).Name, "AssemblyMetadataAttribute");
    }
}
