using System.Text.RegularExpressions;

namespace Generator.Tests;

/// <summary>docs/guarantees.md names the tests that hold its promises: they exist, and those marked as long are, and no others.</summary>
public partial class GuaranteesTests
{
    private static readonly string[] Rows = [.. File.ReadLines(Repository.PathTo("docs", "guarantees.md"))
        .Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1).Where(line => !line.StartsWith("| ---", StringComparison.Ordinal))];

    [Fact]
    public void EveryPromiseNamesTestsThatExistAndTheirSuite()
    {
        Assert.InRange(Rows.Length, 10, 100);
        foreach (string row in Rows)
        {
            var tests = Tests(row);
            Assert.True(tests.Count > 0, row);
            foreach (Match test in tests)
            {
                string[] files = Directory.GetFiles(Repository.PathTo("tests"), test.Groups["class"].Value + ".cs", SearchOption.AllDirectories);
                string text = File.ReadAllText(Assert.Single(files));
                var declared = Regex.Match(text, $@"\[(?<kind>\w*(Fact|Theory))[^\]]*\](\s*\[[^\n]*\n)*\s*public (async )?(void|Task) {test.Groups["method"].Value}\(");
                Assert.True(declared.Success, $"{test.Value}: there is no such test");
                bool isLong = declared.Groups["kind"].Value.StartsWith("Long", StringComparison.Ordinal);
                Assert.True(isLong == test.Groups["long"].Success, $"{test.Value} is {(isLong ? "in the long suite only: mark it \"(long)\"" : "in both suites")}");
            }
        }
    }

    [Fact]
    public void TheShortSuiteTestsEveryPromise() =>
        Assert.All(Rows, row => Assert.Contains(Tests(row), test => !test.Groups["long"].Success));

    private static MatchCollection Tests(string row) => Named().Matches(row.Split('|')[3]);

    [GeneratedRegex(@"`(?<class>\w+)\.(?<method>\w+)`(?<long> \(long\))?")]
    private static partial Regex Named();
}
