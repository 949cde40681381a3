using System.Collections.Immutable;

namespace StaticCnn.Mnist.Data;

/// <summary>The folders on the web that data is downloaded from, in the order in which they are tried.</summary>
internal static class Mirrors
{
    /// <summary>The mirrors of the original MNIST.</summary>
    public static ImmutableArray<Uri> Default { get; } =
    [
        new("https://storage.googleapis.com/cvdf-datasets/mnist/"),
        new("https://ossci-datasets.s3.amazonaws.com/mnist/"),
    ];

    /// <summary>Reads addresses separated by semicolons.</summary>
    public static bool TryParse(string text, out ImmutableArray<Uri> mirrors)
    {
        mirrors = [];
        foreach (string address in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            // A folder's address ends with a slash, or its last part would be replaced by the file's name.
            if (!Uri.TryCreate(address.TrimEnd('/') + "/", UriKind.Absolute, out var mirror)) return false;
            if (mirror.Scheme != Uri.UriSchemeHttp && mirror.Scheme != Uri.UriSchemeHttps) return false;
            mirrors = mirrors.Add(mirror);
        }
        return mirrors.Length > 0;
    }
}
