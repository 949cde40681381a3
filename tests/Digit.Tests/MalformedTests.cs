using StaticCnn.Digit.Tests.Support;

namespace StaticCnn.Digit.Tests;

/// <summary>Whatever is in a file, the program neither crashes nor hangs, and says in one line what is wrong with it.</summary>
[Collection(nameof(PublishedCollection))]
public sealed class MalformedTests(Published published)
{
    [Fact]
    public void Each_of_200_malformed_files_gives_one_line_and_exit_code_1()
    {
        var paths = new List<string>();
        foreach (var (name, content) in MalformedFiles.All())
        {
            string path = published[$"malformed-{name}"];
            File.WriteAllBytes(path, content);
            paths.Add(path);
        }
        Directory.CreateDirectory(published["a folder"]);
        paths.AddRange([published["a folder"], published["missing"], published["missing/too"], "/proc/self/mem", published["x"] + new string('y', 300)]);
        Assert.True(paths.Count >= 200, $"{paths.Count} files");

        var wrong = new List<string>();
        foreach (string path in paths)
        {
            var run = ProcessRun.Of(published.Digit, path);
            bool isClear = run.ExitCode == 1 && run.Output.Length == 0 && run.ErrorLines is [var line]
                && line.StartsWith("digit: error SCNN1", StringComparison.Ordinal) && line.Contains($": {path}: ", StringComparison.Ordinal)
                && line.Length > path.Length + 40 && !line.Contains("Exception", StringComparison.Ordinal);
            if (!isClear) wrong.Add($"{Path.GetFileName(path)}: exit code {run.ExitCode}, {run.Output}{run.Error}");
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }
}
