namespace StaticCnn.Tests.Support;

/// <summary>The repository's own files, for tests that build them or hold code and pages together.</summary>
public static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string PathTo(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "StaticCnn.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("StaticCnn.sln is not above the tests' folder.");
    }
}
