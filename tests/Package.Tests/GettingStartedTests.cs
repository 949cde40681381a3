using System.Text.RegularExpressions;
using StaticCnn.Build.Tests.Support;
using StaticCnn.Package.Tests.Support;

namespace StaticCnn.Package.Tests;

/// <summary>Does what docs/getting-started.md says, command by command and file by file, from an empty folder.</summary>
[Collection(FeedCollection.Name)]
public sealed partial class GettingStartedTests(Feed feed)
{
    [LongFact]
    public async Task Its_commands_lead_from_an_empty_folder_to_a_recognised_digit()
    {
        string page = File.ReadAllText(Repository.PathTo("docs", "getting-started.md")).ReplaceLineEndings("\n");
        string start = feed.CreateFolder("getting started"), folder = start;
        var recognised = new List<string>();
        foreach (Match block in Block().Matches(page))
        {
            if (block.Groups["file"].Success)
            {
                File.WriteAllText(Path.Combine(folder, block.Groups["file"].Value), block.Groups["text"].Value);
                continue;
            }
            foreach (string line in block.Groups["text"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                string[] words = line.Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
                if (words[0] == "cd") folder = Path.GetFullPath(Path.Combine(folder, words[1]));
                else if (words[0] == "mkdir") Directory.CreateDirectory(Path.Combine(folder, words[1]));
                else recognised.AddRange(await RunAsync(folder, words));
            }
        }
        Assert.Equal(["This is a 5.", "This is a 3."], recognised);
        Assert.StartsWith(start, folder);
    }

    /// <summary>Runs a command on digits that the program draws, and returns what was recognised.</summary>
    private async Task<IEnumerable<string>> RunAsync(string folder, string[] words)
    {
        Assert.Equal("dotnet", words[0]);
        var run = await BuildRun.EndOfAsync(feed.Start(folder, new() { ["STATICCNN_DATA"] = "procedural:3000", ["MnistEpochs"] = "5" }, words[1..]));
        Assert.True(run.ExitCode == 0, $"{string.Join(' ', words)}:\n{string.Join('\n', run.Lines)}");
        return run.Lines.Where(line => line.StartsWith("This is a ", StringComparison.Ordinal));
    }

    /// <summary>A block of commands, or a file under its name in bold.</summary>
    [GeneratedRegex(@"(\*\*(?<file>[\w.]+)\*\*[^\n]*\n\n)?```(sh|csharp)\n(?<text>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
