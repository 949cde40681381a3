using System.Text.RegularExpressions;

namespace Generator.Tests;

/// <summary>docs/guarantees.md names the tests that hold its promises: they exist.</summary>
public partial class GuaranteesTests
{
    [Fact]
    public void EveryPromiseNamesTestsThatExist()
    {
        string[] rows = [.. File.ReadLines(Repository.PathTo("docs", "guarantees.md")).Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1).Where(line => !line.StartsWith("| ---", StringComparison.Ordinal))];
        Assert.InRange(rows.Length, 10, 100);
        foreach (string row in rows)
        {
            var tests = Named().Matches(row.Split('|')[3]);
            Assert.True(tests.Count > 0, row);
            foreach (Match test in tests)
            {
                string[] files = Directory.GetFiles(Repository.PathTo("tests"), test.Groups[1].Value + ".cs", SearchOption.AllDirectories);
                string text = File.ReadAllText(Assert.Single(files));
                Assert.Matches($@"\[(Fact|Theory|RealDataFact|NamespaceFact)[^\]]*\](\s*\[[^\n]*\n)*\s*public (async )?(void|Task) {test.Groups[2].Value}\(", text);
            }
        }
    }

    [GeneratedRegex(@"`(\w+)\.(\w+)`")]
    private static partial Regex Named();
}
