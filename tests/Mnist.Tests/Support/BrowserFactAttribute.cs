namespace StaticCnn.Mnist.Tests.Support;

/// <summary>A test that needs Chromium.</summary>
internal sealed class BrowserFactAttribute : FactAttribute
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    public BrowserFactAttribute()
    {
        if (Program is null) Skip = $"no browser is installed: none of {string.Join(", ", Names)} is on the PATH";
    }

    /// <summary>The browser's file, or null.</summary>
    public static string? Program { get; } =
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
}
