using Microsoft.Playwright;

namespace StaticCnn.Page.Tests.Support;

/// <summary>The machine's own Chromium, which Playwright drives.</summary>
internal static class Chromium
{
    private static readonly string[] s_names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    private static readonly string? s_executable = Find();

    /// <summary>Starts it with a profile of its own, without anything that would ask the network.</summary>
    public static Task<IBrowser> StartAsync(IPlaywright playwright) => playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
    {
        ExecutablePath = s_executable,
        Args =
        [
            "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
        ],
    });

    /// <summary>Null, or what to install.</summary>
    public static string? Missing => s_executable is not null
        ? null
        : "needs Chromium: 'apt-get install chromium fonts-noto-cjk', or the path of its executable in the variable CHROMIUM.";

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } named) return named;
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return s_names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }
}
