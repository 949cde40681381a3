namespace StaticCnn.Mnist.Tests;

/// <summary>Holds the program's errors and warnings and their pages together.</summary>
public class FailureTests
{
    [Fact]
    public void Every_code_has_a_page_and_every_page_a_code() => Assert.Equal(
        Enum.GetValues<Failure>().Select(failure => (int)failure)
            .Concat(Enum.GetValues<Warning>().Select(warning => (int)warning)).Order().Select(code => $"SCNN{code}"),
        Directory.GetFiles(Pages(), "SCNN1*.md").Select(Path.GetFileNameWithoutExtension).Order());

    private static string Pages()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "StaticCnn.sln"))) folder = folder.Parent!;
        return Path.Combine(folder.FullName, "docs", "diagnostics");
    }
}
